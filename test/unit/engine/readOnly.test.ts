import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { SnapshotDatabase } from "../../../src/engine/snapshotDatabase";
import { openDatabase, rowsOf, written } from "./openDatabase";

let file: Uint8Array;
beforeAll(() => {
	file = written(`
		create table t(a integer primary key, b text);
		create table u(a, t_a references t(a));
		create view v as select b from t;
		create index t_b on t(b);
		insert into t values(1, 'one'), (2, 'two');
		pragma user_version = 7;
	`);
});

/** Runs a statement to its end; answers the code it fails with. */
function outcome(database: SnapshotDatabase, sql: string): string {
	try {
		rowsOf(database, sql);
		return "done";
	} catch (error) {
		return String((error as { code?: unknown }).code);
	}
}

describe("refused, for it would write", () => {
	test.each([
		"INSERT INTO t VALUES(3, 'three')",
		"REPLACE INTO t VALUES(1, 'uno')",
		"UPDATE t SET b = 'x'",
		"DELETE FROM t",
		"DELETE FROM t RETURNING a",
		"WITH n(a) AS (VALUES (3)) INSERT INTO t SELECT a, 'three' FROM n",
		"WITH n(a) AS (VALUES (3)) UPDATE t SET b = 'x' WHERE a IN n",
		"WITH n(a) AS (VALUES (1)) DELETE FROM t WHERE a IN n RETURNING a",
		"CREATE TABLE x(a)",
		"CREATE TEMP TABLE x(a)",
		"CREATE TABLE x AS SELECT * FROM t",
		"CREATE VIEW x AS SELECT 1",
		"CREATE VIRTUAL TABLE x USING fts4(a)",
		"DROP TABLE t",
		"ALTER TABLE t ADD COLUMN c",
		"ANALYZE",
		"REINDEX",
		"VACUUM",
		"VACUUM INTO '/tmp/x'",
		"ATTACH ':memory:' AS x",
		"DETACH main",
		"BEGIN",
		"BEGIN IMMEDIATE",
		"COMMIT",
		"END",
		"ROLLBACK",
		"SAVEPOINT x",
		"RELEASE x",
		"EXPLAIN DELETE FROM t",
		"PRAGMA query_only = 0",
		"PRAGMA query_only(0)",
		"PRAGMA query_only",
		"PRAGMA main.query_only = 0",
		"PRAGMA/**/query_only=0",
		"PRAGMA -- comment\n query_only = 0",
		"PRAGMA main/**/./**/query_only = 0",
		'PRAGMA "query_only" = 0',
		"PRAGMA 'query_only' = 0",
		"PRAGMA [query_only] = 0",
		"PRAGMA `query_only` = 0",
		'PRAGMA main."query_only" = 0',
		'PRAGMA "main".query_only = 0',
		"EXPLAIN PRAGMA query_only=0",
		"EXPLAIN QUERY PLAN PRAGMA query_only = 0",
		"EXPLAIN/**/QUERY/**/PLAN/**/PRAGMA/**/query_only=0",
		"PRAGMA user_version = 8",
		"PRAGMA user_version(8)",
		"PRAGMA main.user_version=8",
		"PRAGMA page_size/**/=/**/512",
		"PRAGMA encoding = 'UTF-16'",
		"PRAGMA journal_mode = delete",
		"PRAGMA journal_mode",
		"PRAGMA wal_checkpoint",
		"PRAGMA writable_schema = 1",
		"PRAGMA mmap_size = 1000000",
		"PRAGMA incremental_vacuum",
		"PRAGMA optimize",
		"PRAGMA temp_store_directory = '/'",
		"PRAGMA a_pragma_to_come",
		"  \n\t;; -- a comment\n /* another ; */ ;DELETE FROM t",
		"\ufeffDELETE FROM t",
		"delete from t -- ; select 1",
	])("%j", async (sql) => {
		const database = await openDatabase(file);
		const before = createHash("sha256").update(file).digest("hex");

		expect(outcome(database, sql)).toBe("write-refused");

		expect(outcome(database, "WITH n(a) AS (VALUES (3)) INSERT INTO t SELECT a, 'three' FROM n")).toBe("write-refused");
		expect(rowsOf(database, "SELECT a, b FROM t")).toEqual([
			[1n, "one"],
			[2n, "two"],
		]);
		expect(rowsOf(database, "PRAGMA user_version")).toEqual([[7n]]);
		expect(rowsOf(database, "PRAGMA integrity_check")).toEqual([["ok"]]);
		expect(createHash("sha256").update(file).digest("hex")).toBe(before);
	});
});

describe("refused, for it is not one statement", () => {
	test.each([
		["SELECT 1; SELECT 2", 'One statement at a time: behind the first one stands "SELECT 2".'],
		["SELECT 1; DELETE FROM t", 'One statement at a time: behind the first one stands "DELETE FROM t".'],
		["PRAGMA page_size; PRAGMA query_only=0", "One statement at a time"],
		["SELECT 1\0; DELETE FROM t", "One statement at a time"],
		["", "There is no statement to run."],
		[" ;; -- nothing", "There is no statement to run."],
		["/* without an end", "There is no statement to run."],
		["SELEC 1", 'near "SELEC": syntax error'],
		["SELECT * FROM nowhere", "no such table: nowhere"],
		["SELECT 'open", "unrecognized token"],
		["COMMITTED", 'near "COMMITTED": syntax error'],
	])("%j", async (sql, message) => {
		const database = await openDatabase(file);
		expect(() => rowsOf(database, sql)).toThrow(expect.objectContaining({ code: "sql" }));
		expect(() => rowsOf(database, sql)).toThrow(message);
		expect(rowsOf(database, "SELECT count(*) FROM t")).toEqual([[2n]]);
	});
});

describe("allowed, for it only reads", () => {
	test.each([
		["SELECT a FROM t;", [[1n], [2n]]],
		[" ;; -- a comment\n /* another */ SELECT 1 ; -- the end", [[1n]]],
		["\ufeffSELECT 1", [[1n]]],
		["VALUES (1, 2)", [[1n, 2n]]],
		["WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT sum(i) FROM n", [[10n]]],
		["SELECT sum(a) OVER (ORDER BY a) FROM t", [[1n], [3n]]],
		[`SELECT value FROM json_each('[1,"a"]')`, [[1n], ["a"]]],
		[`SELECT '{"a":[1,2]}' ->> '$.a[1]'`, [[2n]]],
		["SELECT b FROM v WHERE b LIKE 'o%'", [["one"]]],
		["SELECT 'DELETE' AS \"drop\"", [["DELETE"]]],
		["PRAGMA user_version", [[7n]]],
		["PRAGMA user_version;", [[7n]]],
		["pragma main . user_version", [[7n]]],
		["PRAGMA encoding", [["UTF-8"]]],
		[
			"PRAGMA table_info(t)",
			[
				[0n, "a", "INTEGER", 0n, null, 1n],
				[1n, "b", "TEXT", 0n, null, 0n],
			],
		],
		[
			"PRAGMA/**/main.table_info = 'u'",
			[
				[0n, "a", "", 0n, null, 0n],
				[1n, "t_a", "", 0n, null, 0n],
			],
		],
		["SELECT name FROM pragma_table_info('t')", [["a"], ["b"]]],
		["PRAGMA index_list(t)", [[0n, "t_b", 0n, "c", 0n]]],
		["PRAGMA foreign_key_list(u)", [[0n, 0n, "t", "t_a", "a", "NO ACTION", "NO ACTION", "NONE"]]],
		["PRAGMA foreign_key_check", []],
		["PRAGMA integrity_check", [["ok"]]],
		["PRAGMA integrity_check(5)", [["ok"]]],
		["PRAGMA quick_check", [["ok"]]],
		[
			"EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = 1",
			[[expect.any(BigInt), 0n, expect.any(BigInt), "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"]],
		],
	])("%j", async (sql, rows) => {
		expect(rowsOf(await openDatabase(file), sql)).toEqual(rows);
	});

	test("EXPLAIN, whose rows are SQLite's own affair", async () => {
		const cursor = (await openDatabase(file)).query("explain select * from t");
		expect(cursor.columns).toEqual(["addr", "opcode", "p1", "p2", "p3", "p4", "p5", "comment"]);
		expect(cursor.next()?.[1]).toBe("Init");
		cursor.close();
	});
});
