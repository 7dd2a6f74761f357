import { describe, expect, test } from "vitest";
import { structureOf } from "../../../src/engine/structure";
import { MemorySqlite } from "../../support/sqlite/memorySqlite";
import { queryAll } from "../../support/sqlite/oracle";
import { openDatabase, written } from "./openDatabase";

const NOTHING = {
	withoutRowid: false,
	strict: false,
	indexes: [],
	refersTo: [],
	referredBy: [],
	triggers: [],
	problems: [],
};
const column = { type: "", affinity: "BLOB", notNull: false, defaultValue: undefined, keyPosition: 0, kind: "plain" };

test("a table with all that one can have", async () => {
	const database = await openDatabase(
		written(`
			create table parent(p integer primary key, q text, unique(q collate nocase));
			create table t(
				a int not null default 7, b varchar(20) collate nocase, c real default (1 + 2), d,
				e generated always as (a * 2) virtual, f text as (b || '!') stored,
				primary key(b desc, a), foreign key(a) references parent on delete cascade, foreign key(b, d) references Other(x, y)
			) without rowid;
			create table other(x, y, z references T(b) on update set null);
			create unique index two on t(c, d collate rtrim desc) where c > 1;
			create index one on t(lower(b));
			create trigger g after insert on t begin select 1; end;
		`),
	);
	expect(structureOf(database, "t")).toEqual({
		withoutRowid: true,
		strict: false,
		columns: [
			{ ...column, name: "a", type: "INT", affinity: "INTEGER", notNull: true, defaultValue: "7", keyPosition: 2 },
			{ ...column, name: "b", type: "varchar(20)", affinity: "TEXT", notNull: true, keyPosition: 1 },
			{ ...column, name: "c", type: "REAL", affinity: "REAL", defaultValue: "1 + 2" },
			{ ...column, name: "d" },
			{ ...column, name: "e", kind: "virtual" },
			{ ...column, name: "f", type: "TEXT", affinity: "TEXT", kind: "stored" },
		],
		indexes: [
			{
				name: "one",
				unique: false,
				partial: false,
				from: "statement",
				columns: [{ name: undefined, descending: false, collation: "BINARY" }],
				sql: "CREATE INDEX one on t(lower(b))",
			},
			{
				name: "sqlite_autoindex_t_1",
				unique: true,
				partial: false,
				from: "primary-key",
				columns: [
					{ name: "b", descending: true, collation: "nocase" },
					{ name: "a", descending: false, collation: "BINARY" },
				],
				sql: undefined,
			},
			{
				name: "two",
				unique: true,
				partial: true,
				from: "statement",
				columns: [
					{ name: "c", descending: false, collation: "BINARY" },
					{ name: "d", descending: true, collation: "rtrim" },
				],
				sql: "CREATE UNIQUE INDEX two on t(c, d collate rtrim desc) where c > 1",
			},
		],
		refersTo: [
			{
				table: "t",
				columns: ["a"],
				parent: "parent",
				parentColumns: undefined,
				onUpdate: "NO ACTION",
				onDelete: "CASCADE",
			},
			{
				table: "t",
				columns: ["b", "d"],
				parent: "Other",
				parentColumns: ["x", "y"],
				onUpdate: "NO ACTION",
				onDelete: "NO ACTION",
			},
		],
		referredBy: [
			{
				table: "other",
				columns: ["z"],
				parent: "T",
				parentColumns: ["b"],
				onUpdate: "SET NULL",
				onDelete: "NO ACTION",
			},
		],
		triggers: [{ name: "g", sql: "CREATE TRIGGER g after insert on t begin select 1; end" }],
		problems: [],
	});
	expect(structureOf(database, "other").referredBy).toMatchObject([{ table: "t", columns: ["b", "d"] }]);
});

describe("affinity", () => {
	const types = [
		"int",
		"BIGINT",
		"charint",
		"varchar(9)",
		"clob",
		"",
		"blob",
		"blobtext",
		"real",
		"DOUBLE",
		"floating point",
		"decimal",
		"date",
		"any",
		"string",
	];

	test("is the one that SQLite gives", async () => {
		const file = written(`create table t(${types.map((type, n) => `c${n} ${type}`)})`);
		// CREATE TABLE AS declares each column with its affinity.
		const copied = written(
			`create table t(${types.map((type, n) => `c${n} ${type}`)}); create table u as select * from t`,
		);
		const names: Record<string, string> = { INT: "INTEGER", NUM: "NUMERIC", "": "BLOB" };
		const expected = queryAll(copied, "select type from pragma_table_info('u')").map(
			([type]) => names[String(type)] ?? type,
		);
		const { columns } = structureOf(await openDatabase(file), "t");
		expect(columns.map(({ affinity }) => affinity)).toEqual(expected);
	});

	test("of a strict table, where ANY leaves values as they are", async () => {
		const { columns, strict } = structureOf(await openDatabase(written("create table t(a any, b int) strict")), "t");
		expect([strict, ...columns.map(({ affinity }) => affinity)]).toEqual([true, "BLOB", "INTEGER"]);
	});
});

test("odd names", async () => {
	const odd = `a"b'c]); drop table x; --\n<b>`;
	const quoted = `"${odd.replaceAll('"', '""')}"`;
	const database = await openDatabase(
		written(`
			create table ${quoted}(${quoted} text, "" int, "sélect");
			create index "i${odd.replaceAll('"', '""')}" on ${quoted}(${quoted});
			create table pragma_table_xinfo(a references ${quoted}); create table "pragma_foreign_key_list"(id);
		`),
	);
	const { columns, indexes, referredBy, problems } = structureOf(database, odd);
	expect(columns.map(({ name }) => name)).toEqual([odd, "", "sélect"]);
	expect(indexes).toMatchObject([{ name: `i${odd}`, columns: [{ name: odd }] }]);
	expect(referredBy).toMatchObject([{ table: "pragma_table_xinfo" }]);
	expect(problems).toEqual([]);
	expect(structureOf(database, "pragma_table_xinfo").columns).toEqual([{ ...column, name: "a" }]);
	expect(structureOf(database, "not there")).toEqual({ ...NOTHING, columns: [] });
});

test("views, and what SQLite cannot tell", async () => {
	const database = await openDatabase(
		written(`
			create table t(a int); create view v as select a, a + 1 as b from t;
			create trigger g instead of insert on v begin select 1; end;
			create table gone(x); create view broken as select x from gone; drop table gone;
			create virtual table search using fts5(words);
		`),
	);
	expect(structureOf(database, "v")).toMatchObject({
		columns: [
			{ name: "a", type: "INT" },
			{ name: "b", type: "" },
		],
		triggers: [{ name: "g" }],
		problems: [],
	});
	expect(structureOf(database, "broken")).toMatchObject({ columns: [], problems: ["no such table: main.gone"] });
	expect(structureOf(database, "search").problems).toEqual([expect.stringContaining("no such module: fts5")]);
});

test("text in UTF-16", async () => {
	const sqlite = await MemorySqlite.load();
	const file = sqlite.write(
		`pragma encoding = 'UTF-16be'; create table "täbel"("spalte ß" "wörd" default 'ü' primary key)`,
	);
	expect(structureOf(await openDatabase(file), "täbel")).toMatchObject({
		columns: [{ name: "spalte ß", type: "wörd", defaultValue: "'ü'" }],
		indexes: [{ columns: [{ name: "spalte ß", collation: "BINARY" }] }],
	});
});
