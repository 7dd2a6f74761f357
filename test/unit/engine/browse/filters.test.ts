import { describe, expect, test } from "vitest";
import { sqlLiteral } from "../../../../src/core/format/sqlLiteral";
import { filterSql, orderSql, typedValue } from "../../../../src/engine/browse/browseSql";
import { startBrowse } from "../../../../src/engine/browse/startBrowse";
import type { FilterTest } from "../../../../src/protocol/browse";
import { encodeRow } from "../../../../src/protocol/rows";
import { utf16Chain } from "../../../support/sqlite/utf16Chain";
import { openDatabase, rowsOf, written } from "../openDatabase";

const ROWS = `
	create table t(id integer primary key, v);
	insert into t(v) values (null), (''), ('Green tea'), ('green TEA'), ('50%'), ('5_0\\'), ('Ärger'), ('ärger'),
		('a' || char(0) || 'tea'), (5), (5.0), ('5'), (9007199254740993), (-1.5), (x'746561'), (x''), ('two' || char(10) || 'lines');
`;
const range = (...bounds: readonly (null | bigint | number | string)[]): FilterTest => ({
	kind: "range",
	bounds: encodeRow(bounds),
});
const contains = (text: string, caseSensitive = false): FilterTest => ({ kind: "contains", text, caseSensitive });
const equals = (text: string, caseSensitive = false): FilterTest => ({ kind: "equals", text, caseSensitive });
const matches = (pattern: string, caseSensitive = true): FilterTest => ({ kind: "matches", pattern, caseSensitive });

const CASES: readonly (readonly [FilterTest, readonly number[]])[] = [
	[{ kind: "null" }, [1]],
	[{ kind: "not-null" }, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]],
	[contains("tea"), [3, 4, 9, 15]],
	[contains("tea", true), [3, 9, 15]],
	[contains("%"), [5]],
	[contains("_"), [6]],
	[contains("\\"), [6]],
	[contains("ÄRGER"), [7, 8]],
	[contains("Ä", true), [7]],
	[contains("40993"), [13]],
	[equals("green tea"), [3, 4]],
	[equals("ÄRGER"), [7, 8]],
	[equals("Green tea", true), [3]],
	[equals("5", true), [10, 11, 12]],
	[equals("", true), [2]],
	[equals("9007199254740993", true), [13]],
	[equals("9007199254740992", true), []],
	[range(5n, 6n), [10, 11]],
	[range(null, 0n), [14]],
	[range(9007199254740993n, 9007199254740993n), [13]],
	[range("g", "h"), [4]],
	[range(null, null), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]],
	[matches("^green", false), [3, 4]],
	[matches("tea$"), [3, 9, 15]],
	[matches("^\\d+$"), [10, 12, 13]],
	[matches("^.ärger|^ä", false), [7, 8]],
	[matches("two.lines"), []],
	[matches("two\\slines"), [17]],
	[{ kind: "is", value: encodeRow([9007199254740993n]) }, [13]],
	[{ kind: "is", value: encodeRow([Uint8Array.of(0x74, 0x65, 0x61)]) }, [15]],
	[{ kind: "is", value: encodeRow([null]) }, []],
];

describe.each(CASES)("the filter %j", (filter, ids) => {
	const filters = [{ column: "v", ...filter }];

	test("lets rows pass", async () => {
		const database = await openDatabase(written(ROWS));
		const { finder } = startBrowse(database, { table: "t", filters, order: [] });
		while (!finder!.survey(10).complete);
		const cursor = finder!.rows(0, 100);
		const found: number[] = [];
		for (let row = cursor.next(); row; row = cursor.next()) found.push(Number(row[0]));
		expect(found).toEqual(ids);
	});

	test("stands for SQL that anybody can run", async () => {
		const database = await openDatabase(written(ROWS));
		const sql = `select id from t where ${filterSql(filters, sqlLiteral)} order by id`;
		expect(rowsOf(database, sql).map(([id]) => Number(id))).toEqual(ids);
	});
});

test("several filters must all pass, and the order is by several columns", () => {
	const filters = [
		{ column: 'a"b', kind: "null" },
		{ column: "c", kind: "contains", text: "it's", caseSensitive: true },
	] as const;
	expect(filterSql(filters, sqlLiteral)).toBe(`"a""b" IS NULL AND instr("c", 'it''s') > 0`);
	expect(filterSql([], sqlLiteral)).toBeUndefined();
	const order = [
		{ column: "a", descending: true },
		{ column: "b", descending: false },
	];
	expect([orderSql(order), orderSql([])]).toEqual([`"a" DESC, "b"`, undefined]);
});

test.each([
	["5", 5n],
	[" -7 ", -7n],
	["+3", 3n],
	["9223372036854775807", 9223372036854775807n],
	["9223372036854775808", 2 ** 63],
	["1.5", 1.5],
	[".5e3", 500],
	["0x10", "0x10"],
	["", ""],
	["1 2", "1 2"],
	["Infinity", "Infinity"],
])("%j is typed for %s", (text, value) => {
	expect(typedValue(text)).toEqual(value);
});

describe("REGEXP", () => {
	test("is a regular expression of JavaScript, by characters, that matches anywhere", async () => {
		const database = await openDatabase(written("create table t(a)"));
		const sql = `select 'abc' regexp 'b', 'abc' regexp '^b', 'ABC' regexp '(?i)b', '🌀' regexp '^.$', null regexp 'a', 'a' regexp null,
			15 regexp '^1', 1.5 regexp '\\.', x'616263' regexp 'b', 'a-b' regexp 'a\\-b'`;
		expect(rowsOf(database, sql)).toEqual([[1n, 0n, 1n, 1n, null, null, 1n, 1n, 1n, 1n]]);
		expect(() => rowsOf(database, "select 'a' regexp '('")).toThrow("Invalid regular expression");
	});

	test("reads the bytes of text in the database's encoding", async () => {
		const { base } = await utf16Chain("UTF-16be", ["create table t as select 'a' || char(0) || 'é' as a"]);
		const database = await openDatabase(base);
		expect(rowsOf(database, "select a regexp '^aé', cast(a as blob) regexp '^a.é$' from t")).toEqual([[0n, 1n]]);
	});
});
