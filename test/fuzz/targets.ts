import { fromBinary } from "@bufbuild/protobuf";
import { SnapshotHeaderSchema } from "../../src/core/stream/rqlite10Header_pb";
import { fullStreamHead, incrementalStreamHead } from "../../src/core/stream/streamHead";
import { disagreement } from "../property/disagreement";
import type { Random } from "../support/sample/random";
import { MemorySqlite } from "../support/sqlite/memorySqlite";
import { sealWal } from "../support/sqlite/sealWal";
import { writeWal } from "../support/sqlite/writeWal";
import { packedState, plainState } from "../support/stores/rqliteV7Store";
import { rqlite10Head } from "../support/streams/streams";
import {
	PAGE_SIZE,
	surviveDatabaseHeader,
	surviveMeta,
	survivePlan,
	surviveSidecar,
	surviveState,
	surviveStream,
	surviveWal,
} from "./parsers";

/** A parser under fire. */
export interface Target {
	readonly name: string;
	/** Sound inputs to begin with. */
	readonly seeds: readonly Uint8Array[];
	/** Runs the parser; throws when it does what it must not. */
	run(bytes: Uint8Array): void | Promise<void>;
	/** Makes right again what would keep an input from going deeper: sums, lengths. */
	repair?(bytes: Uint8Array, draw: Random): Uint8Array;
	readonly maxBytes: number;
	readonly grain: number;
	readonly words: readonly string[];
}

const sqlite = await MemorySqlite.load();

const NUMBERS_LIKE = "with recursive n(i) as (select 1 union all select i + 1 from n limit 30) ";
const DATABASES: readonly Uint8Array[] = [
	"create table t(a, b); insert into t values(1, 'one'), (2, x'02')",
	`create table t(a integer primary key, b); create index t_b on t(b); ${NUMBERS_LIKE} insert into t select i, 'row ' || i from n`,
	`create table w(k text primary key, v) without rowid; ${NUMBERS_LIKE} insert into w select 'key ' || i, i from n`,
	"create table t(a); insert into t values(zeroblob(1500)); create table u(a); insert into u values(zeroblob(900)); drop table u",
	"pragma auto_vacuum = full; create table t(a); insert into t values(zeroblob(1200)); delete from t",
].map((script) => sqlite.write(`pragma page_size = ${PAGE_SIZE}; ${script}`));

const [SMALL] = DATABASES as [Uint8Array, ...Uint8Array[]];
const page = (pageNumber: number): Uint8Array => SMALL.slice((pageNumber - 1) * PAGE_SIZE, pageNumber * PAGE_SIZE);
const WALS: readonly Uint8Array[] = [false, true].map((bigEndian) =>
	writeWal(
		PAGE_SIZE,
		[
			{ pageNumber: 2, page: page(2) },
			{ pageNumber: 1, page: page(1), commit: 2 },
			{ pageNumber: 2, page: page(2), commit: 2 },
		],
		{ salts: [7, 9], bigEndian },
	),
);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const isPageSize = (bytes: number): boolean => bytes >= 512 && bytes <= 4096 && (bytes & (bytes - 1)) === 0;
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const JSON_WORDS = [
	'"',
	":",
	",",
	"{",
	"}",
	"[",
	"]",
	"null",
	"true",
	"1e999",
	"18446744073709551616",
	"\\u0000",
	"-0",
];

export const TARGETS: readonly Target[] = [
	{
		name: "databaseHeader",
		seeds: [SMALL.slice(0, 100)],
		run: surviveDatabaseHeader,
		maxBytes: 120,
		grain: 4,
		words: ["SQLite format 3\0"],
	},
	{
		name: "wal",
		seeds: WALS,
		run: surviveWal,
		repair(bytes, draw) {
			if (bytes.byteLength < 32 || draw.below(3) === 0 || !isPageSize(view(bytes).getUint32(8))) return bytes;
			return sealWal(bytes, { bigEndian: (bytes[3]! & 1) === 1 });
		},
		maxBytes: 32 + 6 * (24 + PAGE_SIZE),
		grain: 24 + PAGE_SIZE,
		words: ["\x37\x7f\x06\x82", "\x37\x7f\x06\x83"],
	},
	{
		name: "meta",
		seeds: [
			'{"Version":1,"ID":"2-7-1","Index":18446744073709551615,"Term":2,"Full":true}',
			'{"Version":1,"ID":"2-7-1","Index":7,"Term":2,"Peers":"ka5s","Configuration":{"Servers":[{"Suffrage":0,"ID":"1","Address":"localhost:4002"}]},"ConfigurationIndex":1,"Size":293,"CRC":"AAAAAAAAAAA="}',
		].map(encode),
		run: surviveMeta,
		maxBytes: 600,
		grain: 16,
		words: [...JSON_WORDS, '"Index"', '"Term"', '"Servers"', '"Suffrage"', '"ConfigurationIndex"', '"__proto__"'],
	},
	{
		name: "sidecar",
		seeds: ['{"crc":"1a2b3c4d","type":"castagnoli","disabled":false}', '{"disabled":true}'].map(encode),
		run: surviveSidecar,
		maxBytes: 200,
		grain: 8,
		words: [...JSON_WORDS, '"crc"', '"type"', '"disabled"', "castagnoli"],
	},
	{
		name: "plan",
		seeds: [
			'{"ops":[{"type":"checkpoint","wals":["/w/2-9-1/1.wal"],"db":"/w/2-7-1/data.db"},{"type":"rename","src":"/w/2-7-1","dst":"/w/2-9-2"}]}',
			'{"ops":[{"type":"remove_all","src":"/w/2-7-1"},{"type":"write_meta","dst":"/w/2-9-2","meta":"e30="}],"n_reaped":2}',
		].map(encode),
		run: survivePlan,
		maxBytes: 600,
		grain: 16,
		words: [...JSON_WORDS, '"ops"', '"type"', '"src"', '"dst"', '"wals"', '"db"', "remove", "checkpoint", "../"],
	},
	{
		name: "stream",
		seeds: streams(),
		run: (bytes) =>
			surviveStream(
				bytes,
				bytes.reduce((sum, byte) => (sum * 257 + byte) % 2 ** 40, 0),
			),
		repair: (bytes, draw) => (draw.below(2) === 0 ? bytes : sizedToItsHead(bytes)),
		maxBytes: 1500,
		grain: 8,
		words: ["\x08\x01", "\x12", "\x1a", "\x22"],
	},
	{
		name: "state",
		seeds: [packedState(SMALL), plainState(SMALL)],
		async run(bytes) {
			await surviveState(bytes, true);
			await surviveState(bytes, false);
		},
		repair(bytes, draw) {
			const inner = bytes.subarray(16);
			switch (draw.below(4)) {
				case 0:
					return packedState(inner);
				case 1:
					return plainState(inner);
				case 2: {
					if (bytes.byteLength < 16) return bytes;
					const copy = bytes.slice();
					view(copy).setBigUint64(8, BigInt(inner.byteLength), true);
					return copy;
				}
				default:
					return bytes;
			}
		},
		maxBytes: 4096,
		grain: 8,
		words: ["\xff\xff\xff\xff\xff\xff\xff\xff", "\x1f\x8b\x08"],
	},
	{
		name: "database",
		seeds: DATABASES,
		run(bytes) {
			const whole = bytes.subarray(0, Math.max(PAGE_SIZE, Math.floor(bytes.byteLength / PAGE_SIZE) * PAGE_SIZE));
			if (whole.byteLength < PAGE_SIZE) return;
			const apart = disagreement(sqlite, whole, PAGE_SIZE);
			if (apart !== undefined) throw new Error(apart);
		},
		repair(bytes, draw) {
			if (bytes.byteLength < PAGE_SIZE || draw.below(2) === 0) return bytes;
			const copy = bytes.slice();
			copy.set(SMALL.subarray(0, 24));
			view(copy).setUint32(28, Math.floor(bytes.byteLength / PAGE_SIZE));
			view(copy).setUint32(92, view(copy).getUint32(24));
			return copy;
		},
		maxBytes: 12 * PAGE_SIZE,
		grain: PAGE_SIZE,
		words: ["\x02", "\x05", "\x0a", "\x0d", "\x81\x00", "\xff\xff\xff\xff\xff\xff\xff\xff\xff"],
	},
];

function streams(): readonly Uint8Array[] {
	const zeros = new Uint8Array(600);
	const full = { dbHeader: { sizeBytes: 512n, crc32: 7 }, walHeaders: [{ sizeBytes: 88n, crc32: 1 << 30 }] };
	return [
		Buffer.concat([fullStreamHead(512, [80, 8]), zeros]),
		Buffer.concat([incrementalStreamHead(600), zeros]),
		Buffer.concat([rqlite10Head({ formatVersion: 1, payload: { case: "full", value: full } }), zeros]),
		rqlite10Head({ formatVersion: 1, payload: { case: "incrementalFile", value: { walDirPath: "/wal-staging" } } }),
	].map((bytes) => new Uint8Array(bytes));
}

/** A stream of rqlite 10 with as many bytes behind its head as that asks for, where they are few. */
function sizedToItsHead(bytes: Uint8Array): Uint8Array {
	if (bytes.byteLength < 4) return bytes;
	const end = 4 + view(bytes).getUint32(0);
	if (end > bytes.byteLength) return bytes;
	try {
		const { payload } = fromBinary(SnapshotHeaderSchema, bytes.subarray(4, end));
		if (payload.case !== "full") return bytes.slice(0, end);
		const { dbHeader, walHeaders } = payload.value;
		const size = [dbHeader, ...walHeaders].reduce((sum, file) => sum + (file?.sizeBytes ?? 0n), BigInt(end));
		if (size > 1500n) return bytes;
		const sized = new Uint8Array(Number(size));
		sized.set(bytes.subarray(0, sized.byteLength));
		return sized;
	} catch {
		return bytes; // no head that can be read
	}
}
