import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type ByteSource, bytesSource, FileError } from "../../../src/core/files";
import { SnapshotDatabase } from "../../../src/engine/snapshotDatabase";
import type { Sqlite } from "../../../src/engine/sqlite";
import { StandIn } from "../../../src/engine/standIn";
import { projectRoot } from "../../support/projectRoot";
import { openDatabase, rowsOf, sqlJs, written } from "./openDatabase";

let sqlite: Sqlite;
let file: Uint8Array;
beforeAll(async () => {
	sqlite = await sqlJs;
	file = written(`
		create table t(id integer primary key, a text);
		with recursive n(i) as (values (1) union all select i + 1 from n where i < 20000)
		insert into t select i, 'row ' || i || printf('%200s', '') from n;
		create index t_a on t(a);
	`);
});

/** What an Emscripten file system may ask of the contents that it was given. */
const ALLOWED = ["buffer", "length", "slice", "subarray"];

/** A stand-in that writes down what is asked of it, and refuses everything that it does not promise. */
function watched(standIn: StandIn): { readonly standIn: StandIn; readonly asked: Set<string> } {
	const asked = new Set<string>();
	const refuse = (what: string): never => {
		throw new Error(`sql.js reads its data in another way than it did: ${what}. See src/engine/standIn.ts.`);
	};
	const proxy = new Proxy(standIn, {
		get(target, name) {
			asked.add(String(name));
			if (!ALLOWED.includes(String(name))) refuse(`it asks for ${String(name)}`);
			if (name === "slice") return () => proxy;
			const value: unknown = Reflect.get(target, name);
			return typeof value === "function" ? value.bind(target) : value;
		},
		set: (_, name) => refuse(`it sets ${String(name)}`),
		has: (_, name) => refuse(`it looks for ${String(name)}`),
		ownKeys: () => refuse("it lists the keys"),
		getOwnPropertyDescriptor: (_, name) => refuse(`it describes ${String(name)}`),
		defineProperty: (_, name) => refuse(`it defines ${String(name)}`),
		deleteProperty: (_, name) => refuse(`it deletes ${String(name)}`),
		getPrototypeOf: () => refuse("it looks at the prototype"),
	});
	return { standIn: proxy, asked };
}

/** A source that counts what is read of it. */
function counting(source: ByteSource) {
	const counted = {
		sizeBytes: source.sizeBytes,
		reads: 0,
		bytes: 0,
		readInto(target: Uint8Array, offset: number) {
			counted.reads++;
			counted.bytes += target.byteLength;
			return source.readInto(target, offset);
		},
	};
	return counted;
}

describe("sql.js 1.16.0", () => {
	test("is the version that is installed", () => {
		const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, "node_modules/sql.js/package.json"), "utf8"));
		expect(manifest).toMatchObject({ version: "1.16.0" });
	});

	test("reads what it is given through length, slice and subarray alone", () => {
		const { standIn, asked } = watched(new StandIn(bytesSource(file)));
		const database = new sqlite.api.Database(standIn);
		const statement = prepare(database.db, "select sum(length(a)), max(a) from t where id > 100 order by 1");

		expect(sqlite.api._sqlite3_step(statement)).toBe(100);

		sqlite.api._sqlite3_finalize(statement);
		database.close();
		expect([...asked].sort()).toEqual(ALLOWED);
	});

	function prepare(db: number, sql: string): number {
		const { api, memory } = sqlite;
		const text = new TextEncoder().encode(`${sql}\0`);
		const result = api._malloc(8);
		const pointer = api._malloc(text.byteLength);
		memory().set(text, pointer);
		expect(api._sqlite3_prepare_v2(db, pointer, -1, result, result + 4)).toBe(0);
		const statement = new DataView(memory().buffer).getUint32(result, true);
		api._free(pointer);
		api._free(result);
		return statement;
	}
});

describe("an image is read when SQLite asks for it", () => {
	test("a terabyte that is nowhere is opened with a handful of reads", async () => {
		// The first pages are a database; its header says how many more there are.
		const head = file.slice();
		const pageCount = 2 ** 28;
		new DataView(head.buffer).setUint32(28, pageCount);
		const source = counting({
			sizeBytes: pageCount * 4096,
			readInto(target, offset) {
				target.fill(0).set(head.subarray(offset, offset + target.byteLength));
				return target.byteLength;
			},
		});

		const database = await openDatabase(source);

		expect(database.lazily).toBe(true);
		expect(rowsOf(database, "select a from t where id = 1")).toEqual([[`row 1${" ".repeat(200)}`]]);
		expect(source.reads).toBeLessThanOrEqual(12);
	});

	test("a look-up by key reads the pages on its way and nothing else", async () => {
		const source = counting(bytesSource(file));
		const database = await openDatabase(source);
		source.reads = source.bytes = 0;

		for (const id of [1, 19_999, 77, 12_345]) {
			expect(rowsOf(database, `select id from t where id = ${id}`)).toEqual([[BigInt(id)]]);
		}

		// At most root, an inner page and a leaf for each, and the header that tells whether the file changed.
		expect(source.bytes).toBeLessThanOrEqual(4 * 4 * 4096);
	});

	test("a scan reads every page once, in larger pieces", async () => {
		const source = counting(bytesSource(file));
		const database = await openDatabase(source);
		source.reads = source.bytes = 0;

		expect(rowsOf(database, "select count(*), sum(length(a)) from t not indexed")).toMatchObject([[20_000n, {}]]);

		expect(source.bytes).toBeLessThan(file.byteLength * 1.1);
		expect(source.reads).toBeLessThan(file.byteLength / 4096 / 4);
	});
});

test("a read that fails ends the statement with the reason, and the next one tries again", async () => {
	const source = bytesSource(file);
	let gone = false;
	const database = await openDatabase({
		...source,
		readInto(target, offset) {
			if (gone) throw new FileError("unreadable", "a/wal", "a/wal: the file ends at byte 7");
			return source.readInto(target, offset);
		},
	});

	gone = true;
	expect(() => rowsOf(database, "select count(*) from t")).toThrow(
		expect.objectContaining({ code: "unreadable", message: "a/wal: the file ends at byte 7" }),
	);
	gone = false;
	expect(rowsOf(database, "select count(*) from t")).toEqual([[20_000n]]);
});

describe("where sql.js does not read through the stand-in", () => {
	/** As a version would that copies what it is given into an array of its own. */
	function copying(sizes: number[]): Sqlite {
		class CopyingDatabase extends sqlite.api.Database {
			constructor(data: ArrayLike<number>) {
				sizes.push(data.length);
				super(data instanceof Uint8Array ? data : new Uint8Array(data));
			}
		}
		return { memory: sqlite.memory, api: { ...sqlite.api, Database: CopyingDatabase } };
	}

	test("the image is copied, and every answer is the same", async () => {
		const sizes: number[] = [];
		const database = await openDatabase(file, copying(sizes));

		expect(database.lazily).toBe(false);
		expect(sizes).toEqual([file.byteLength, file.byteLength]);
		expect(rowsOf(database, "select count(*), min(id), max(id) from t")).toEqual([[20_000n, 1n, 20_000n]]);
		expect(rowsOf(database, "pragma integrity_check")).toEqual([["ok"]]);
		expect(() => database.query("delete from t")).toThrow("DELETE is refused");
	});

	test("one that is too large for that is refused in words", () => {
		const source = { ...bytesSource(file), sizeBytes: 2 ** 30 + 4096 };
		// An array of that size is never made: the constructor is told of a short one.
		const small = {
			memory: sqlite.memory,
			api: {
				...sqlite.api,
				Database: class extends sqlite.api.Database {
					constructor() {
						super(new Uint8Array(512));
					}
				},
			},
		};
		expect(() => new SnapshotDatabase(small, source)).toThrow(
			"sql.js does not read page by page here, and 1073745920 bytes are too many to copy.",
		);
	});
});
