import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyList } from "../../../../src/engine/browse/keyList";
import type { RowFinder } from "../../../../src/engine/browse/rowFinder";
import { SampledRows } from "../../../../src/engine/browse/sampledRows";
import { startBrowse } from "../../../../src/engine/browse/startBrowse";
import { tableLayout } from "../../../../src/engine/browse/tableLayout";
import type { SnapshotDatabase } from "../../../../src/engine/snapshotDatabase";
import type { ColumnFilter, SortColumn } from "../../../../src/protocol/browse";
import type { Row } from "../../../../src/protocol/values";
import { utf16Chain } from "../../../support/sqlite/utf16Chain";
import { openDatabase, rowsOf, written } from "../openDatabase";

/** Twelve hundred numbers, and others of them. */
const NUMBERS = "with recursive n(i) as (select 0 union all select i + 1 from n where i < 1199)";

/** Tables named t, and the order in which SQLite itself gives their rows. */
const TABLES: Readonly<Record<string, readonly [sql: string, order: string]>> = {
	"of rowids": [`create table t(a, b); insert into t ${NUMBERS} select i % 7, 'row ' || i from n`, "rowid"],
	"of rowids with gaps, from the smallest to the largest": [
		`create table t(id integer primary key, a); insert into t ${NUMBERS}
			select iif(i = 0, -9223372036854775807 - 1, iif(i = 1199, 9223372036854775807, (i - 600) * 7777777777777777)), i % 5 from n`,
		"id",
	],
	"whose rowid is called otherwise": [
		`create table t(rowid text, _ROWID_ text, a); insert into t ${NUMBERS} select 'x' || i, null, i % 3 from n`,
		"oid",
	],
	"whose primary key runs backwards": [
		`create table t(a integer primary key desc, b); insert into t ${NUMBERS} select 2000 - i, i % 4 from n`,
		"rowid",
	],
	"without rowid": [
		`create table t(k text primary key, a) without rowid; insert into t ${NUMBERS} select 'k' || (i * 7919 % 1200), i % 9 from n`,
		"k",
	],
	"without rowid, by three columns of every kind of value": [
		`create table t(a, k any, m, v, primary key(k, a, m)) without rowid;
			insert into t ${NUMBERS} select i % 6, case i % 5 when 0 then i when 1 then i + 0.5 when 2 then 'text ' || i
				when 3 then cast('blob ' || i as blob) else i * 1000000000000007 end, i, i % 3 from n`,
		"k, a, m",
	],
	"without rowid, backwards": [
		`create table t(a, b, c, primary key(a desc, b desc)) without rowid; insert into t ${NUMBERS} select i % 40, i, i % 8 from n`,
		"a desc, b desc",
	],
	"without rowid, in both directions": [
		`create table t(a, b, c, primary key(a, b desc, c)) without rowid;
			insert into t ${NUMBERS} select i % 40, i / 80, i from n`,
		"a, b desc, c",
	],
	"without rowid, by other collations than its columns'": [
		`create table t(a text collate rtrim, b text collate nocase, c, primary key(a collate nocase, b collate binary)) without rowid;
			insert into t ${NUMBERS} select char(65 + i % 26 + i / 26 % 2 * 32) || (i % 30), char(65 + i % 2 * 32) || i, i % 11 from n`,
		"a collate nocase, b collate binary",
	],
	"with text that is not valid for a key": [
		`create table t(k text primary key, a) without rowid;
			insert into t ${NUMBERS} select cast(cast(i as blob) || x'ff' as text), i % 2 from n`,
		"k",
	],
	"with an index that covers it": [
		`create table t(a, b); create index covering on t(b, a); insert into t ${NUMBERS} select i, -i from n`,
		"rowid",
	],
	"with generated columns": [
		`create table t(a, "x""y" as (a * 2), b as (a || '!') stored); insert into t(a) ${NUMBERS} select i from n`,
		"rowid",
	],
	"that is empty": ["create table t(a)", "rowid"],
};

async function whole(finder: RowFinder): Promise<number> {
	for (;;) {
		const { rowCount, complete } = finder.survey(0);
		if (complete) return rowCount;
	}
}

function read(finder: RowFinder, first: number, count: number): Row[] {
	const cursor = finder.rows(first, count);
	const rows: Row[] = [];
	for (let row = cursor.next(); row; row = cursor.next()) rows.push(row);
	return rows;
}

/** The rows at many places are those of the plain query. */
async function expectPlaces(finder: RowFinder, expected: readonly Row[]): Promise<void> {
	expect(await whole(finder)).toBe(expected.length);
	fc.assert(
		fc.property(fc.nat(Math.max(0, expected.length - 1)), fc.integer({ min: 1, max: 300 }), (first, count) => {
			expect(read(finder, first, count)).toEqual(expected.slice(first, first + count));
		}),
		{
			numRuns: 40,
			examples: [
				[0, 1],
				[Math.max(0, expected.length - 1), 10],
			],
		},
	);
}

function started(database: SnapshotDatabase, filters: readonly ColumnFilter[], order: readonly SortColumn[]) {
	const { finder } = startBrowse(database, { table: "t", filters, order });
	if (finder === undefined) throw new Error("has no key");
	return finder;
}

describe.each(Object.entries(TABLES))("a table %s", (_, [sql, order]) => {
	test("has its rows at any place, however few keys are kept", async () => {
		const database = await openDatabase(written(sql));
		const expected = rowsOf(database, `select * from t order by ${order}`);
		for (const limits of [
			{ keys: 1 << 16, bytes: 16 << 20, step: 256 },
			{ keys: 1 << 16, bytes: 16 << 20, step: 1 },
			{ keys: 5, bytes: 16 << 20, step: 3 },
			{ keys: 1 << 16, bytes: 40, step: 2 },
		])
			await expectPlaces(new SampledRows(database, tableLayout(database, "t"), limits), expected);
	});

	test("has them in another order, and those that pass a filter", async () => {
		const database = await openDatabase(written(sql));
		const column = tableLayout(database, "t").columns.at(-1) ?? "";
		const name = `"${column.replaceAll('"', '""')}"`;
		const down = order
			.split(", ")
			.map((part) => (part.endsWith(" desc") ? part.slice(0, -5) : `${part} desc`))
			.join(", ");
		await expectPlaces(
			started(database, [], [{ column, descending: true }]),
			rowsOf(database, `select * from t order by ${name} desc, ${down}`),
		);
		await expectPlaces(
			started(
				database,
				[{ column, kind: "contains", text: "1", caseSensitive: true }],
				[{ column, descending: false }],
			),
			rowsOf(database, `select * from t where instr(${name}, '1') order by ${name}, ${order}`),
		);
		await expectPlaces(
			started(database, [{ column, kind: "not-null" }], []),
			rowsOf(database, `select * from t where ${name} is not null order by ${order}`),
		);
	});
});

test("keys that are not valid text in UTF-16 find their rows", async () => {
	const { base } = await utf16Chain("UTF-16le", [
		"create table t(k text primary key, a) without rowid",
		`insert into t ${NUMBERS} select cast(x'00d8' || cast(i as blob) as text), i from n`,
	]);
	const database = await openDatabase(base);
	const expected = rowsOf(database, "select * from t order by k");
	const limits = { keys: 100, bytes: 1 << 20, step: 2 };
	await expectPlaces(new SampledRows(database, tableLayout(database, "t"), limits), expected);
	await expectPlaces(started(database, [{ column: "a", kind: "not-null" }], []), expected);
});

test("a browse reads on from where it stood, a step at least", async () => {
	const database = await openDatabase(written(TABLES["of rowids"]![0]));
	const finder = new SampledRows(database, tableLayout(database, "t"));
	expect(finder.survey(0)).toEqual({ rowCount: 256, complete: false, full: false });
	expect(read(finder, 200, 1)).toEqual([[200n % 7n, "row 200"]]);
	expect(read(finder, 256, 1)).toEqual([]);
	expect(finder.survey(0)).toEqual({ rowCount: 512, complete: false, full: false });
	finder.close();
});

test("what has no key is not browsed", async () => {
	const database = await openDatabase(
		written(`
			create table t(rowid, _rowid_, oid);
			create view v as select 1 as a, 2 as a;
			create table "with ""quotes"""(a);
		`),
	);
	const browse = (table: string) => startBrowse(database, { table, filters: [], order: [] });
	expect(browse("t")).toEqual({ columns: ["rowid", "_rowid_", "oid"], types: ["", "", ""], finder: undefined });
	expect(browse("v")).toEqual({ columns: ["a", "a:1"], types: ["", ""], finder: undefined });
	expect(browse('with "quotes"').finder).toBeDefined();
	expect(() => browse("nothing")).toThrow("no such table: nothing");
	expect(() => started(database, [{ column: "nothing", kind: "null" }], [])).toThrow("no such column: nothing");
});

test("a list of keys gives back what it was given", () => {
	const keys = new KeyList(2);
	const given = Array.from({ length: 1000 }, (_, n): Row => [BigInt(n), `key ${n}`]);
	for (const key of given) keys.add(key);
	expect(keys.count).toBe(1000);
	expect(keys.slice(0, 5000)).toEqual(given);
	expect(keys.slice(255, 2)).toEqual(given.slice(255, 257));
	expect(keys.slice(990, 100)).toEqual(given.slice(990));
	expect(keys.slice(1000, 1)).toEqual([]);
	expect(keys.sizeBytes).toBeGreaterThan(3 * 256 * 18);
});
