import { describe, expect, test } from "vitest";
import type { Row } from "../../../src/protocol/values";
import { utf16Chain } from "../../support/sqlite/utf16Chain";
import { openDatabase, rowsOf, written } from "./openDatabase";

const bytes = (...values: number[]) => new Uint8Array(values);

/** One row of expressions that a real SQLite stored, as the engine reads it. */
async function stored(expressions: string): Promise<Row> {
	const database = await openDatabase(written(`create table t as select ${expressions}`));
	const [row] = rowsOf(database, "select * from t");
	return row!;
}

describe("a value comes out as it was stored", () => {
	test("NULL", async () => {
		expect(await stored("null")).toEqual([null]);
	});

	test.each([
		0n,
		1n,
		-1n,
		127n,
		-128n,
		32_768n,
		8_388_608n,
		2n ** 31n,
		2n ** 47n,
		2n ** 53n - 1n,
		2n ** 53n,
		2n ** 53n + 1n,
		-(2n ** 53n) - 1n,
		2n ** 62n + 1n,
		2n ** 63n - 1n,
		-(2n ** 63n) + 1n,
	])("the integer %i", async (value) => {
		expect(await stored(`${value}`)).toEqual([value]);
	});

	test("the smallest integer", async () => {
		expect(await stored("-9223372036854775807 - 1")).toEqual([-(2n ** 63n)]);
	});

	test.each([
		["0.1", 0.1],
		["1.0", 1],
		["9007199254740993.0", 9007199254740992],
		["1e308", 1e308],
		["1.7976931348623157e308", Number.MAX_VALUE],
		["5e-324", Number.MIN_VALUE],
		["2.2250738585072014e-308", 2.2250738585072014e-308],
		["1e999", Number.POSITIVE_INFINITY],
		["-1e999", Number.NEGATIVE_INFINITY],
	])("the real %s", async (text, value) => {
		expect(await stored(text)).toEqual([value]);
	});

	test("the real -0.0, which a record keeps as the integer 0", async () => {
		const database = await openDatabase(written("create table t(a real); insert into t values(-0.0)"));
		expect(rowsOf(database, "select a, typeof(a) from t")).toEqual([[0, "real"]]);
	});

	test.each([
		["''", ""],
		["'é漢🌀'", "é漢🌀"],
		["'a' || char(0) || 'b'", "a\0b"],
		["char(65279) || 'a'", "\ufeffa"],
		["char(10, 13, 8238, 60)", "\n\r\u202e<"],
		["char(65533)", "\ufffd"],
	])("the text %s", async (expression, value) => {
		expect(await stored(expression)).toEqual([value]);
	});

	test.each([
		["ff41", bytes(0xff, 0x41)],
		["c3", bytes(0xc3)],
		["eda080", bytes(0xed, 0xa0, 0x80)],
		["c080", bytes(0xc0, 0x80)],
	])("text of the bytes %s, which are not UTF-8", async (hex, invalidText) => {
		expect(await stored(`cast(x'${hex}' as text)`)).toEqual([{ invalidText }]);
	});

	test("blobs", async () => {
		const [empty, small, large] = await stored("x'', x'00ff10', zeroblob(3000000)");
		expect(empty).toEqual(bytes());
		expect(small).toEqual(bytes(0, 255, 16));
		expect(large instanceof Uint8Array && Buffer.compare(large, new Uint8Array(3_000_000))).toBe(0);
	});

	test("a row that is kept while SQLite goes on", async () => {
		const database = await openDatabase(written("create table t as select x'01' a union all select x'02'"));
		const cursor = database.query("select a from t");
		const first = cursor.next();
		cursor.next();
		rowsOf(database, "select zeroblob(30000000)");
		expect(first).toEqual([bytes(1)]);
		cursor.close();
	});
});

describe.each([
	["UTF-16le", (unit: number) => [unit & 0xff, unit >> 8]],
	["UTF-16be", (unit: number) => [unit >> 8, unit & 0xff]],
] as const)("in a database in %s", (encoding, order) => {
	const utf16 = (...units: number[]) => bytes(...units.flatMap(order));
	const hex = (...units: number[]) => Buffer.from(utf16(...units)).toString("hex");

	async function database(sql = "create table t(a)") {
		return openDatabase((await utf16Chain(encoding, [sql])).base);
	}

	test("text is exact", async () => {
		const texts = ["", "a", "é漢🌀", "\ufeffa", "a\0b"];
		const literals = ["''", "'a'", "'é漢🌀'", "char(65279) || 'a'", "'a' || char(0) || 'b'"];
		const t = await database(`create table t as select ${literals.map((literal, n) => `${literal} c${n}`).join(", ")}`);
		expect(rowsOf(t, "select * from t")).toEqual([texts]);
		expect(rowsOf(t, `select ${literals.join(", ")}`)).toEqual([texts]);
	});

	test.each([
		["a first half alone", [0xd800, 0x41]],
		["a second half alone", [0xdc00]],
		["halves in the wrong order", [0xdc00, 0xd800]],
	])("%s is no text", async (_, units) => {
		const t = await database(`create table t as select cast(x'${hex(...units)}' as text) a`);
		expect(rowsOf(t, "select a from t")).toEqual([[{ invalidText: utf16(...units) }]]);
	});

	test("an odd number of bytes is cut by SQLite itself", async () => {
		const t = await database(`create table t as select cast(x'${hex(0x41)}41' as text) a`);
		expect(rowsOf(t, "select a from t")).toEqual([["A"]]);
	});

	test("what functions, PRAGMAs and plans say is read right", async () => {
		const t = await database("create table t(é text default 'ü'); create index t_é on t(é); insert into t values('ß')");
		expect(
			rowsOf(
				t,
				"select upper('a') || lower('É'), group_concat(é), typeof(é), json_object('ä', é), printf('%s', é), 1 || 'ö' from t",
			),
		).toEqual([["AÉ", "ß", "text", '{"ä":"ß"}', "ß", "1ö"]]);
		expect(rowsOf(t, "select é, sql from t, sqlite_schema where type = 'index'")).toEqual([
			["ß", "CREATE INDEX t_é on t(é)"],
		]);
		expect(rowsOf(t, "pragma table_info(t)")).toEqual([[0n, "é", "TEXT", 0n, "'ü'", 0n]]);
		expect(rowsOf(t, "select name, dflt_value from pragma_table_info('t')")).toEqual([["é", "'ü'"]]);
		expect(rowsOf(t, "pragma encoding")).toEqual([[encoding]]);
		expect(rowsOf(t, "pragma integrity_check")).toEqual([["ok"]]);
		expect(rowsOf(t, "pragma database_list")[0]?.[1]).toBe("main");
		expect(rowsOf(t, "explain query plan select * from t where é = 'ß'")[0]?.[3]).toBe(
			"SEARCH t USING COVERING INDEX t_é (é=?)",
		);
		expect(rowsOf(t, "/* a comment */ ; explain select 1").map((row) => row[1])).toContain("ResultRow");
		expect(t.query("select é as ü from t").columns).toEqual(["ü"]);
		expect(t.schema().map(({ name }) => name)).toEqual(["t", "t_é"]);
		expect(t.countRows("t")).toBe(1);
	});
});

describe("columns", () => {
	test("keep their names and their order, however strange", async () => {
		const database = await openDatabase(written("create table t(a)"));
		const cursor = database.query(
			`select 1 as a, 2 as a, 3 as "", 4 as "x""y", 5 as "a\nb", 6 as "<img>" from (select 1)`,
		);
		expect(cursor.columns).toEqual(["a", "a", "", 'x"y', "a\nb", "<img>"]);
		expect(cursor.next()).toEqual([1n, 2n, 3n, 4n, 5n, 6n]);
		expect(cursor.next()).toBeUndefined();
	});

	test("may be 2,000", async () => {
		const names = Array.from({ length: 2000 }, (_, n) => `c${n}`);
		const database = await openDatabase(
			written(`create table t(${names.join(", ")}); insert into t(c0, c1999) values(1, 'last')`, { pageSize: 16384 }),
		);
		const cursor = database.query("select * from t");
		expect(cursor.columns).toEqual(names);
		const row = cursor.next();
		expect(row?.length).toBe(2000);
		expect([row?.[0], row?.[1], row?.[1999]]).toEqual([1n, null, "last"]);
		cursor.close();
	});
});

describe("a value that is too large", () => {
	test.each([
		["zeroblob(70000000)", "The value in column b has 70000000 bytes; more than 67108864 are not shown."],
		["printf('%70000000d', 1)", "The value in column b has 70000000 bytes; more than 67108864 are not shown."],
		["zeroblob(900000000)", "The statement needs more memory than there is for one."],
		["replace(hex(zeroblob(100000000)), '0', 'aaaa')", "The statement needs more memory than there is for one."],
		["zeroblob(2000000000)", "string or blob too big"],
	])("%s: %s", async (expression, message) => {
		const database = await openDatabase(written("create table t(a)"));
		expect(() => rowsOf(database, `select ${expression} as b`)).toThrow(message);
		expect(rowsOf(database, `select length(substr(zeroblob(70000000), 5))`)).toEqual([[69_999_996n]]);
		expect(database.sqlite.memory().byteLength).toBeLessThan(2 ** 30);
	});
});
