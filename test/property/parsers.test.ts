import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { storePath } from "../../src/core/snapshot/rqliteV10/planPaths";
import { createdAt, parseSnapshotId } from "../../src/core/snapshot/snapshotId";
import { fullStreamHead, incrementalStreamHead } from "../../src/core/stream/streamHead";
import {
	PAGE_SIZE,
	surviveDatabaseHeader,
	surviveMeta,
	survivePlan,
	surviveSidecar,
	surviveState,
	surviveStream,
	surviveWal,
} from "../fuzz/parsers";
import { openBytes } from "../support/images/openBytes";
import { type Frame, writeWal } from "../support/sqlite/writeWal";
import { packedBytes, packedState, plainState } from "../support/stores/rqliteV7Store";
import { rqlite10Head } from "../support/streams/streams";
import { runs } from "./runs";

// Whatever the bytes are, only the errors come that are documented.

/** Random bytes, or those of a sound file with some written over. */
function bytesLike(sound: Uint8Array): fc.Arbitrary<Uint8Array> {
	const edits = fc.array(fc.tuple(fc.nat(sound.byteLength - 1), fc.nat(255)), { maxLength: 8 });
	return fc.oneof(
		fc.uint8Array({ maxLength: 300 }),
		fc.tuple(edits, fc.nat(sound.byteLength)).map(([places, length]) => {
			const bytes = sound.slice(0, length);
			for (const [place, value] of places) bytes[place] = value;
			return bytes;
		}),
	);
}

const header = new Uint8Array(PAGE_SIZE);
header.set(new TextEncoder().encode("SQLite format 3\0"));
new DataView(header.buffer).setUint16(16, PAGE_SIZE);
header.fill(2, 18, 20);

const frame: fc.Arbitrary<Frame> = fc
	.record({
		pageNumber: fc.oneof(fc.nat(9), fc.constantFrom(0xffffffff, 2 ** 31)),
		fill: fc.nat(255),
		commit: fc.option(fc.oneof(fc.nat(9), fc.constantFrom(0xffffffff, 2 ** 31)), { nil: 0 }),
	})
	.map(({ pageNumber, fill, commit }) => ({ pageNumber, commit, page: new Uint8Array(PAGE_SIZE).fill(fill) }));

test("bytes as a database header", () => {
	fc.assert(fc.property(bytesLike(header), surviveDatabaseHeader), { numRuns: runs(2000) });
});

test("bytes as a WAL, and as its header", () => {
	const sound = writeWal(PAGE_SIZE, [
		{ pageNumber: 2, page: new Uint8Array(PAGE_SIZE) },
		{ pageNumber: 1, page: header, commit: 2 },
	]);
	fc.assert(fc.property(bytesLike(sound), surviveWal), { numRuns: runs(2000) });
});

test("a chain of sound logs whose frames make no sense", () => {
	const base = fc.oneof(fc.constant(header), bytesLike(header));
	const logs = fc.array(fc.array(frame, { maxLength: 8 }), { maxLength: 4 });
	fc.assert(
		fc.property(base, logs, fc.nat(2), (file, all, pending) => {
			const wals = all.map((frames) => writeWal(PAGE_SIZE, frames));
			const { image, report } = openBytes(file, wals, Math.min(pending, wals.length));
			if (image === undefined) {
				expect(report.findings).not.toEqual([]);
				return;
			}
			// Every page that is said to be there can be read; a size that a commit only claims is not walked.
			const page = new Uint8Array(PAGE_SIZE);
			for (const pageNumber of [1, 2, 9, Math.max(1, image.pageCount)]) {
				const offset = (pageNumber - 1) * PAGE_SIZE;
				const length = Math.max(0, Math.min(PAGE_SIZE, image.sizeBytes - offset));
				expect(image.readInto(page, offset)).toBe(length);
			}
		}),
		{ numRuns: runs(1000) },
	);
});

test("bytes as the head of a snapshot stream", () => {
	const zeros = new Uint8Array(600);
	const full = { dbHeader: { sizeBytes: 512n, crc32: 7 }, walHeaders: [{ sizeBytes: 88n, crc32: 1 << 30 }] };
	const sound = [
		Buffer.concat([fullStreamHead(512, [80, 8]), zeros]),
		Buffer.concat([incrementalStreamHead(600), zeros]),
		Buffer.concat([rqlite10Head({ formatVersion: 1, payload: { case: "full", value: full } }), zeros]),
		rqlite10Head({ formatVersion: 1, payload: { case: "incrementalFile", value: { walDirPath: "/wal-staging" } } }),
	];
	fc.assert(fc.property(fc.oneof(...sound.map(bytesLike)), fc.maxSafeNat(), surviveStream), { numRuns: runs(2000) });
});

/** Random bytes, JSON of any kind, an object with some of the fields, or a sound text with some bytes written over. */
function textLike(sound: string, fields: readonly string[]): fc.Arbitrary<Uint8Array> {
	const encode = (text: string) => new TextEncoder().encode(text);
	return fc.oneof(
		fc.uint8Array({ maxLength: 200 }),
		fc.json().map(encode),
		fc
			.dictionary(fc.constantFrom(...fields, "__proto__"), fc.jsonValue())
			.map((object) => encode(JSON.stringify(object))),
		bytesLike(encode(sound)),
	);
}

test("bytes as a state.bin of rqlite 7", async () => {
	const page = new Uint8Array(PAGE_SIZE * 3).map((_, at) => Math.imul(at, 2654435761) >>> 13);
	page.set(header);
	const packed = new Uint8Array(gzipSync(page));
	const edits = fc.array(fc.tuple(fc.integer({ min: 3, max: packed.byteLength - 1 }), fc.nat(255)), {
		maxLength: 3,
	});
	const edited = edits.map((places) => {
		const bytes = packed.slice();
		for (const [place, value] of places) bytes[place] = value;
		return bytes;
	});
	const state = fc.oneof(
		bytesLike(packedState(page)),
		bytesLike(plainState(page)),
		// A head that is right, and what follows is not.
		edited.map((bytes) => packedBytes(bytes)),
		bytesLike(packed).map((bytes) => packedBytes(bytes)),
		bytesLike(page).map((bytes) => packedState(bytes)),
		bytesLike(page).map((bytes) => plainState(bytes)),
		fc.tuple(edited, fc.uint8Array({ maxLength: 30 })).map((parts) => packedBytes(Buffer.concat(parts))),
		fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((length) => packedBytes(packed, length)),
	);
	await fc.assert(
		fc.asyncProperty(state, fc.boolean(), async (bytes, summed) => {
			// Nothing comes out of it that is not promised in it.
			expect(await surviveState(bytes, summed)).toBeLessThanOrEqual(Math.max(page.byteLength, bytes.byteLength));
		}),
		{ numRuns: runs(500) },
	);
});

test("text as meta.json", () => {
	const fields = ["Version", "ID", "Index", "Term", "Configuration", "ConfigurationIndex", "Size", "Full", "CRC"];
	const text = textLike('{"Version":1,"ID":"2-7-1","Index":18446744073709551615,"Term":2,"Full":true}', fields);
	fc.assert(fc.property(text, surviveMeta), { numRuns: runs(2000) });
});

test("text as a snapshot's name", () => {
	const digits = fc.bigInt({ min: 0n, max: 10n ** 21n }).map(String);
	const name = fc.oneof(
		fc.string(),
		fc.tuple(digits, digits, digits).map((parts) => parts.join("-")),
	);
	fc.assert(
		fc.property(name, (text) => {
			const id = parseSnapshotId(text);
			if (!id) return;
			expect(id.id).toBe(text);
			expect(Number.isNaN(createdAt(id)?.getTime() ?? 0)).toBe(false);
		}),
		{ numRuns: runs(1000) },
	);
});

test("text as a checksum file of rqlite 10", () => {
	const text = textLike('{"crc":"1a2b3c4d","type":"castagnoli","disabled":false}', ["crc", "type", "disabled"]);
	fc.assert(fc.property(text, surviveSidecar), { numRuns: runs(2000) });
});

test("text as a REAP_PLAN, and its paths", () => {
	const sound =
		'{"ops":[{"type":"checkpoint","wals":["/w/2-9-1/1.wal"],"db":"/w/2-7-1/data.db"},{"type":"rename","src":"/w/2-7-1","dst":"/w/2-9-2"}]}';
	const path = fc.oneof(
		fc
			.array(fc.constantFrom("2-7-1", "2-7-1-1", "..", ".", "", "data.db", "a\\b", "C:"), { maxLength: 4 })
			.map((names) => names.join("/")),
		fc.string(),
	);
	const operation = fc.record(
		{
			type: fc.constantFrom("rename", "remove", "remove_all", "checkpoint", "write_meta", "verify_db", "x"),
			src: path,
			dst: path,
			db: path,
			wals: fc.oneof(fc.array(path, { maxLength: 3 }), fc.jsonValue()),
		},
		{ requiredKeys: [] },
	);
	const plan = fc.array(operation, { maxLength: 4 }).map((ops) => new TextEncoder().encode(JSON.stringify({ ops })));
	fc.assert(fc.property(fc.oneof(plan, textLike(sound, ["ops", "n_reaped"])), survivePlan), { numRuns: runs(2000) });
	fc.assert(
		fc.property(path, (text) => {
			const mapped = storePath(text);
			if (mapped !== undefined) expect(mapped).toMatch(/^\d+-\d+-\d+(-\d+)?(\/(?!\.{1,2}$)[^/]+)?$/);
		}),
		{ numRuns: runs(2000) },
	);
});
