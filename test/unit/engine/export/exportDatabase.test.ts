import Papa from "papaparse";
import { expect, test } from "vitest";
import { SqlError } from "../../../../src/engine/sqlError";
import { written } from "../openDatabase";
import { exported } from "./exported";

const values = written(`create table v(i integer, x, "a,b" text);
	insert into v values
		(-9223372036854775808, 0.1, 'it''s'),
		(9007199254740993, 1e999, ''),
		(3, x'00ff', null),
		(4, -1e999, 'two' || char(13, 10) || 'lines, "quoted"'),
		(5, 2.0, ' ' || char(0) || '漢'),
		(6, cast(x'ff41' as text), '=1+1');`);

test("CSV has every value, and tells NULL from an empty text", async () => {
	const { files, summary } = await exported(values, { kind: "object", name: "v" }, "csv");
	expect(files).toEqual({
		"rows.csv": [
			'i,x,"a,b"',
			"-9223372036854775808,0.1,it's",
			'9007199254740993,Infinity,""',
			"3,X'00ff',",
			'4,-Infinity,"two\r\nlines, ""quoted"""',
			'5,2.0," \0漢"',
			"6,CAST(X'ff41' AS TEXT),=1+1",
			"",
		].join("\r\n"),
	});
	expect(summary).toEqual({ files: 1, rows: 6, bytes: Buffer.byteLength(files["rows.csv"]!), warnings: [] });
	expect(Papa.parse<string[]>(files["rows.csv"]!).data[4]).toEqual(["4", "-Infinity", 'two\r\nlines, "quoted"']);
});

test("JSON is an array of objects, JSON Lines an object a line, both with exact numbers", async () => {
	const source = { kind: "query", sql: 'select i, x as "X", x as x from v where i in (3, 9007199254740993)' } as const;
	const lines = [
		'{"i":9007199254740993,"X":{"real":"Infinity"},"x:1":{"real":"Infinity"}}',
		'{"i":3,"X":{"blob":"00ff"},"x:1":{"blob":"00ff"}}',
	];
	expect((await exported(values, source, "json")).files).toEqual({
		"result.json": `[\n${lines.join(",\n")}\n]\n`,
	});
	expect((await exported(values, source, "jsonl")).files).toEqual({ "result.jsonl": `${lines.join("\n")}\n` });
});

test("a result without rows is a document too", async () => {
	const source = { kind: "query", sql: "select i from v where 0" } as const;
	const texts = ["csv", "json", "jsonl"].map(async (format) =>
		Object.values((await exported(values, source, format as "csv")).files),
	);
	expect(await Promise.all(texts)).toEqual([["i\r\n"], ["[\n\n]\n"], [""]]);
	expect(JSON.parse("[\n\n]\n")).toEqual([]);
});

test("all tables are a file each, by names that every file system takes; views if asked", async () => {
	const file = written(`create table "a/b"(x); insert into "a/b" values (1);
		create table "a\\b"(x); insert into "a\\b" values (2);
		create table "CON"(x integer primary key autoincrement);
		create table "résumé"(x); create table "RÉSUMÉ"(x);
		create view seen as select x + 1 as y from "a/b";
		create view broken as select nowhere from "a/b";`);
	const tables = await exported(file, { kind: "all", views: false }, "csv");
	expect(Object.keys(tables.files).sort()).toEqual(["CON_.csv", "RÉSUMÉ.csv", "a_b-2.csv", "a_b.csv", "résumé-2.csv"]);
	expect([tables.files["a_b.csv"], tables.files["a_b-2.csv"]]).toEqual(["x\r\n1\r\n", "x\r\n2\r\n"]);
	expect(tables.summary).toMatchObject({ files: 5, rows: 2, warnings: [] });

	const { files, summary } = await exported(file, { kind: "all", views: true }, "jsonl");
	expect(files["seen.jsonl"]).toBe('{"y":2}\n');
	expect(summary.warnings).toEqual(["view broken is left out: no such column: nowhere"]);
});

test("a long export is handed on in pieces, and counted", async () => {
	const sql = "with recursive n(i) as (values (1) union all select i + 1 from n where i < 300000) select i from n";
	const { files, summary } = await exported(values, { kind: "query", sql }, "csv");
	expect(files["result.csv"]?.split("\r\n").length).toBe(300_002);
	expect(summary).toMatchObject({ rows: 300_000, bytes: files["result.csv"]?.length });
});

test.each([
	[{ kind: "query", sql: "select nonsense" }, "no such column: nonsense"],
	[{ kind: "query", sql: "delete from v" }, /^DELETE is refused/],
	[{ kind: "object", name: "nowhere" }, "no such table: nowhere"],
	[{ kind: "query", sql: "select abs(i) from v" }, "integer overflow"],
] as const)("%j fails in SQLite's words", async (source, message) => {
	for (const format of ["csv", "sql"] as const) {
		const failed = exported(values, source, format);
		await expect(failed).rejects.toThrow(SqlError);
		await expect(failed).rejects.toThrow(message);
	}
});
