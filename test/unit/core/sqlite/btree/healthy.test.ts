import { beforeAll, expect, test } from "vitest";
import { DatabaseCheck } from "../../../../../src/core/sqlite/btree/databaseCheck";
import { wholeImage } from "../../../../support/images/wholeImage";
import { MemorySqlite } from "../../../../support/sqlite/memorySqlite";

// Given a database that SQLite wrote and finds nothing wrong with, neither do we.

let sqlite: MemorySqlite;
beforeAll(async () => {
	sqlite = await MemorySqlite.load();
});

function numbers(count: number): string {
	return `with recursive n(v) as (select 1 union all select v + 1 from n limit ${count}) select v from n`;
}

const rows = (count: number, value: string) => `insert into t select ${value} from (${numbers(count)});`;
const T = "create table t(a, b);";

const DATABASES: Readonly<Record<string, string>> = {
	"no table": "pragma user_version = 1;",
	"one empty table": T,
	"one row without a value": "create table t(a integer primary key); insert into t values(null);",
	"an index, and values of all types": `${T} create index i on t(b, a); ${rows(2000, "v, case v % 4 when 0 then null when 1 then v * 1e9 when 2 then v / 3.0 else 'text' || v end")}`,
	"a partial index": `${T} ${rows(500, "v, v")} create index i on t(b) where a % 3 = 0;`,
	"overflow pages in a table and in an index": `${T} create index i on t(b); ${rows(60, "v, hex(randomblob(v * 100))")}`,
	"one row of two megabytes": `${T} insert into t values(1, zeroblob(2000000));`,
	"a table without rowid": `create table t(k text primary key, v, w) without rowid; ${rows(3000, "'key ' || (v * 7919 % 10007), v, zeroblob(20)")} create index i on t(w);`,
	"a strict table without rowid":
		"create table t(k int primary key, v any) without  ROWID , strict; insert into t values(1, 2);",
	"a table whose text speaks of without rowid": `create table t(a default 'x) without rowid', b /* ) without rowid */); ${rows(10, "v, v")}`,
	"rowids at the ends of their range": `${T} insert into t(rowid, a) values(-9223372036854775808, 1), (9223372036854775807, 2), (-1, 3), (0, 4), (4294967295, 5), (4294967296, 6), (9007199254740993, 7);`,
	"random rowids": `${T} insert into t(rowid, a, b) select random(), v, zeroblob(40) from (${numbers(4000)});`,
	"a row of 900 columns": `create table t(${Array.from({ length: 900 }, (_, n) => `c${n}`)}); insert into t(c5, c899) values(1, zeroblob(100)), (2, 3);`,
	"columns that were added and dropped": `${T} ${rows(300, "v, v")} alter table t add column c default 5; alter table t drop column a; ${rows(3, "v, v")}`,
	"rows that were deleted": `${T} create index i on t(b); ${rows(3000, "v, hex(randomblob(v % 90))")} delete from t where a % 3 > 0;`,
	"rows that were deleted securely": `pragma secure_delete = on; ${T} create index i on t(b); ${rows(3000, "v, hex(randomblob(v % 90))")} delete from t where a % 3 > 0;`,
	"a long freelist": `${T} ${rows(3000, "v, zeroblob(900)")} drop table t; create table u(x);`,
	"a schema of many pages": `${Array.from({ length: 60 }, (_, n) => `create table table_${n}(a primary key, b unique, c default '${"x".repeat(n * 9)}');`).join("\n")} drop table table_7;`,
	"a schema with a text of many pages": `create table t(a default '${"x".repeat(200_000)}', b); insert into t values(1, 2);`,
	"views, triggers, autoincrement and statistics": `create table t(a integer primary key autoincrement, b); create index i on t(b); ${rows(500, "v, v % 7")} create view w as select * from t; create trigger g after insert on t begin select 1; end; analyze;`,
	"virtual tables": `create virtual table f using fts4(body); insert into f select 'word' || v || ' more words' from (${numbers(500)});`,
	"a vacuum": `${T} create index i on t(b); ${rows(3000, "v, hex(randomblob(30))")} delete from t where a % 2; vacuum;`,
};

const FORMATS: readonly (readonly [string, string])[] = [
	["pages of 512 bytes", "pragma page_size = 512;"],
	["pages of 1024 bytes and auto-vacuum", "pragma page_size = 1024; pragma auto_vacuum = full;"],
	["pages of 4096 bytes", "pragma page_size = 4096;"],
	["pages of 65536 bytes", "pragma page_size = 65536;"],
	["pages of 512 bytes and incremental vacuum", "pragma page_size = 512; pragma auto_vacuum = incremental;"],
	["UTF-16 little-endian", "pragma encoding = 'UTF-16le';"],
	["UTF-16 big-endian", "pragma page_size = 512; pragma encoding = 'UTF-16be';"],
];

test.each(
	FORMATS.flatMap(([format, pragmas]) =>
		Object.entries(DATABASES).map(([name, sql]) => [format, name, pragmas + sql] as const),
	),
)("%s: %s", (_format, _name, script) => {
	const file = sqlite.write(script);
	expect(sqlite.check(file, "quick_check")).toEqual(["ok"]);
	expect(new DatabaseCheck().check(wholeImage(file))).toMatchObject({ faults: [], count: 0 });
});
