import { describe, expect, test } from "vitest";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { utf16Chain } from "../../support/sqlite/utf16Chain";
import { openDatabase, rowsOf, written } from "./openDatabase";

const PAGE_SIZE = 4096;

describe("a table of a module that sql.js lacks", () => {
	test.each([
		["fts5", "create virtual table x using fts5(a)"],
		// The SQLite that writes has no R*Tree either: the schema is what one with it leaves.
		[
			"rtree",
			`create table x_node(nodeno integer primary key, data);
			pragma writable_schema = on;
			insert into sqlite_schema values('table', 'x', 'x', 0, 'CREATE VIRTUAL TABLE x USING rtree(id, low, high)')`,
		],
	])("%s: says so, and leaves the rest usable", async (module, create) => {
		const database = await openDatabase(written(`${create}; create table t(a); insert into t values(1)`));
		const message = `no such module: ${module}. The SQLite inside this tool is built without it; other tables are not affected. Restore the snapshot to a file to read this one with another SQLite.`;

		expect(() => database.query("select * from x")).toThrow(expect.objectContaining({ code: "no-module", message }));
		expect(() => database.countRows("x")).toThrow(message);
		const tables = database.schema().filter(({ kind }) => kind === "table");
		expect(tables.find(({ name }) => name === "x")?.unusable).toBe(message);
		expect(tables.filter(({ unusable }) => unusable).map(({ name }) => name)).toEqual(["x"]);
		expect(rowsOf(database, "select a from t")).toEqual([[1n]]);
		// Its rows lie in tables of their own, which can be read.
		expect(tables.some(({ name }) => name.startsWith("x_"))).toBe(true);
		expect(rowsOf(database, "pragma quick_check")).toEqual([["ok"]]);
	});

	test("full-text search of the kinds that it has is answered", async () => {
		const { base } = await utf16Chain("UTF-16le", [
			"create virtual table x using fts4(a); insert into x values('one two'), ('three')",
		]);
		const database = await openDatabase(base);
		expect(rowsOf(database, "select a from x where x match 'two'")).toEqual([["one two"]]);
		expect(database.schema().some(({ unusable }) => unusable)).toBe(false);
	});
});

describe("a damaged database", () => {
	function damaged(edit: (file: Uint8Array) => void): Uint8Array {
		const file = written(`
			create table t(a integer primary key, b text);
			create table u(a);
			with recursive n(i) as (values (1) union all select i + 1 from n where i < 2000)
			insert into t select i, 'row ' || i || printf('%100s', '') from n;
			insert into u values(1);
		`);
		edit(file);
		return file;
	}

	test("a zeroed page is an error where it is read, and nowhere else", async () => {
		const database = await openDatabase(damaged((file) => file.fill(0, PAGE_SIZE * 10, PAGE_SIZE * 11)));

		expect(() => rowsOf(database, "select * from t")).toThrow(
			expect.objectContaining({ code: "sql", message: "database disk image is malformed" }),
		);
		expect(rowsOf(database, "select b from t where a = 1")[0]?.[0]).toContain("row 1");
		expect(rowsOf(database, "select * from u")).toEqual([[1n]]);
		const check = database.query("pragma integrity_check");
		expect(check.next()?.[0]).toContain("page 11");
		check.close();
	});

	test("a root page that is none", async () => {
		const database = await openDatabase(damaged((file) => file.fill(255, PAGE_SIZE, PAGE_SIZE * 2)));

		expect(() => rowsOf(database, "select * from t")).toThrow("malformed");
		expect(rowsOf(database, "select * from u")).toEqual([[1n]]);
	});

	test("a schema that is no SQL", async () => {
		const live = new LiveDatabase();
		live.run("create table t(a); create table u(a)");
		live.run("pragma writable_schema = on; update sqlite_schema set sql = 'create nonsense' where name = 't'");
		const file = new Uint8Array(live.file());
		live.close();
		const database = await openDatabase(file);

		const malformed = 'malformed database schema (t) - near "nonsense": syntax error';
		expect(() => rowsOf(database, "select * from u")).toThrow(
			expect.objectContaining({ code: "sql", message: malformed }),
		);
		expect(() => database.schema()).toThrow(malformed);
		expect(database.lazily).toBe(true);
		expect(rowsOf(database, "select 1 + 1")).toEqual([[2n]]);
	});

	test("a first page of zeros behind its header", async () => {
		const database = await openDatabase(damaged((file) => file.fill(0, 100, PAGE_SIZE)));
		expect(() => rowsOf(database, "select * from t")).toThrow("malformed");
	});

	test("any byte of the first page may be wrong: an answer or an error, never a crash", async () => {
		const sound = damaged(() => {});
		for (let at = 20; at < 200; at++) {
			const file = sound.slice();
			file[at] = file[at]! ^ 0xff;
			let answer: unknown;
			try {
				answer = rowsOf(await openDatabase(file), "select count(*) from t").length;
			} catch (error) {
				answer = (error as Error).name;
			}
			expect([1, "SqlError", "FormatError"]).toContain(answer);
		}
		expect(rowsOf(await openDatabase(sound), "select count(*) from t")).toEqual([[2000n]]);
	});
});

describe("schema", () => {
	test("lists tables, views, indexes and triggers, each by name", async () => {
		const database = await openDatabase(
			written(`
				create table "b ""quoted""\n"(a primary key, c);
				create table a(x);
				create index i on a(x);
				create view v as select * from a;
				create trigger r after insert on a begin select 1; end;
			`),
		);

		expect(database.schema().map(({ kind, name, table }) => [kind, name, table])).toEqual([
			["table", "a", "a"],
			["table", 'b "quoted"\n', 'b "quoted"\n'],
			["view", "v", "v"],
			["index", "i", "a"],
			["index", 'sqlite_autoindex_b "quoted"\n_1', 'b "quoted"\n'],
			["trigger", "r", "a"],
		]);
		expect(database.schema().find(({ name }) => name.startsWith("sqlite_auto"))?.sql).toBeUndefined();
		expect(database.countRows('b "quoted"\n')).toBe(0);
		expect(() => database.countRows("nowhere")).toThrow("no such table: nowhere");
	});

	test("of an empty file of pages is empty", async () => {
		const database = await openDatabase(written("vacuum"));
		expect(database.schema()).toEqual([]);
	});
});
