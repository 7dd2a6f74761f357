import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { quoteIdentifier } from "../../../../src/core/sqlite/quoteIdentifier";
import type { Row } from "../../../../src/protocol/values";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import { MemorySqlite } from "../../../support/sqlite/memorySqlite";
import { integrityCheck, queryAll } from "../../../support/sqlite/oracle";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";
import { written } from "../openDatabase";
import { exported } from "./exported";

const shell = spawnSync("sqlite3", ["-version"]).status === 0;

/** Runs a script, and answers the database that it makes. */
type Run = (script: string) => Uint8Array | Promise<Uint8Array>;

const runs: readonly (readonly [string, boolean, Run])[] = [
	[
		"node-sqlite3-wasm",
		true,
		(script) => {
			const live = new LiveDatabase();
			try {
				live.run(script);
				return new Uint8Array(live.file());
			} finally {
				live.close();
			}
		},
	],
	[
		"the sqlite3 shell",
		shell,
		(script) => {
			const directory = temporaryDirectory();
			const [file, input] = [join(directory, "made.sqlite"), join(directory, "script.sql")];
			writeFileSync(input, script);
			const { stderr, status } = spawnSync("sqlite3", ["-bail", file, `.read ${input}`], { encoding: "utf8" });
			expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
			return readFileSync(existsSync(file) ? file : input);
		},
	],
];

/** What a database holds, by a real SQLite: its schema, and of each table every row and its number if it has one. */
function contents(file: Uint8Array): unknown {
	const schema = queryAll(file, "select type, name, tbl_name, sql from sqlite_schema order by type, name");
	const tables = schema.filter(([type, name]) => type === "table" && !/^ft$/.test(String(name)));
	return [schema, tables.map(([, name]) => [name, rowsOf(file, String(name))])];
}

function rowsOf(file: Uint8Array, table: string): readonly Row[] {
	const columns = queryAll(file, `select name from pragma_table_xinfo('${table}') where hidden <> 1`).map(
		([name]) => name,
	);
	const quoted = columns
		.map((name) => quoteIdentifier(String(name)))
		.flatMap((name) => [`quote(${name})`, `typeof(${name})`, `hex(${name})`]);
	try {
		return queryAll(file, `select rowid, ${quoted} from "${table}" order by rowid`);
	} catch {
		return queryAll(file, `select ${quoted} from "${table}" order by 1`); // without rowid
	}
}

const rich = `
	create table plain(a, b integer, c text, d real, e blob);
	insert into plain values
		(null, 9223372036854775807, '', 0.1, x''),
		(-9223372036854775808, -1, 'it''s "quoted"' || char(10) || '.quit' || char(10) || 'line', 5e-324, x'00ff'),
		(9e999, 2, 'a' || char(13, 10) || 'b' || char(0) || 'c' || char(13), -9e999, zeroblob(1000)),
		(cast(x'ff00fe41' as text), 3, '漢 é ␀ ␁', 1.7976931348623157e308, x'27'),
		(1.0, 4, '-- no comment; /* */', 9007199254740993.0, 'text');
	delete from plain where b = 2; insert into plain(rowid, a) values (1000000000000, -0.0);
	create table numbered(id integer primary key, t text);
	insert into numbered values (7, 'seven'), (-3, 'minus three');
	create table counted(id integer primary key autoincrement, t);
	insert into counted(t) values ('x'), ('y'); delete from counted where id = 2;
	create table descending(id integer primary key desc, t);
	insert into descending values (5, 'five'), (1, 'one');
	create table keyed(k text, n int, v, primary key (k, n)) without rowid;
	insert into keyed values ('b', 2, x'01'), ('a', 1, null);
	create table computed(a int, twice int generated always as (a * 2) virtual, "thrice ""x""" int as (a * 3) stored, b);
	insert into computed(a, b) values (1, 'one'), (null, 'none');
	create table rowid_taken(rowid text, _rowid_ text, v);
	insert into rowid_taken values ('r', 'u', 1);
	create table all_taken(rowid text, _rowid_ text, oid text);
	insert into all_taken values ('r', 'u', 'o');
	create table checked(a check (a > 0));
	pragma ignore_check_constraints = on; insert into checked values (-1);
	create table parent(id integer primary key); create table child(p references parent(id));
	pragma foreign_keys = off; insert into child values (99);
	create index by_c on plain(c) where c is not null;
	create unique index by_expression on keyed(length(k), n);
	create view later as select * from plain join numbered on b = id;
	create trigger log after insert on plain begin insert into counted(t) values (new.a); delete from keyed; end;
	create trigger instead instead of insert on later begin select 1; end;
	pragma user_version = 42; pragma application_id = -7;`;

describe.each(runs)("%s", (_, isThere, run) => {
	test.skipIf(!isThere)("makes the same rows of a whole database's script", async () => {
		const file = written(rich);
		const { files, summary } = await exported(file, { kind: "all", views: false }, "sql");
		expect([Object.keys(files), summary.warnings]).toEqual([["export.sql"], []]);

		const made = await run(files["export.sql"]!);

		expect(contents(made)).toEqual(contents(file));
		expect(integrityCheck(made)).toEqual(integrityCheck(file));
		for (const pragma of ["user_version", "application_id"]) {
			expect(queryAll(made, `select * from pragma_${pragma}`)).toEqual(
				queryAll(file, `select * from pragma_${pragma}`),
			);
		}
	});

	test.skipIf(!isThere)("makes one table with its indexes and triggers", async () => {
		const file = written(`create table t(a, b as (a + 1)); insert into t(a) values (1), ('x');
			create table log(x); create index i on t(b); create trigger g after insert on t begin delete from log; end;`);
		const { files } = await exported(file, { kind: "object", name: "t" }, "sql");
		const made = await run(files["export.sql"]!);
		expect(queryAll(made, "select name from sqlite_schema order by name")).toEqual([["g"], ["i"], ["t"]]);
		expect(rowsOf(made, "t")).toEqual(rowsOf(file, "t"));
	});

	test.skipIf(!isThere)("makes a table of a query's rows, and of a view's", async () => {
		const file = written(
			"create table t(a); insert into t values (1), ('1'), (1.0), (x'31'); create view v as select a, a from t;",
		);
		const query = await exported(file, { kind: "query", sql: "select a, a as A, typeof(a) as t from t" }, "sql");
		expect(
			queryAll(await run(query.files["export.sql"]!), 'select a, "A:1", t, typeof(a) = t as s from result'),
		).toEqual([
			[1n, 1n, "integer", 1n],
			["1", "1", "text", 1n],
			[1, 1, "real", 1n],
			[new Uint8Array([0x31]), new Uint8Array([0x31]), "blob", 1n],
		]);
		const view = await exported(file, { kind: "object", name: "v" }, "sql");
		expect(queryAll(await run(view.files["export.sql"]!), "select count(*) from v")).toEqual([[4n]]);
	});

	test.skipIf(!isThere)("reads every real back to the last bit", async () => {
		const bits = Array.from(
			{ length: 2000 },
			(_, n) => 4_607_182_418_800_017_408n + BigInt(n) * 1_234_567_891_011_121n,
		);
		const reals = bits.map((b) => new Float64Array(BigInt64Array.of(b % 2n ** 63n).buffer)[0]!).filter(Number.isFinite);
		const live = new LiveDatabase();
		live.run("create table r(x)");
		live.transaction(() => {
			for (const real of reals) live.run("insert into r values (?)", real);
		});
		const file = new Uint8Array(live.file());
		live.close();
		const { files } = await exported(file, { kind: "all", views: false }, "sql");
		expect(queryAll(await run(files["export.sql"]!), "select x from r")).toEqual(queryAll(file, "select x from r"));
	});
});

describe("in UTF-16", () => {
	let memory: MemorySqlite;
	beforeAll(async () => {
		memory = await MemorySqlite.load();
	});

	test.each(["UTF-16le", "UTF-16be"])("%s comes back as it was, text that is invalid in it too", async (encoding) => {
		const file = memory.write(`pragma encoding = '${encoding}'; create table "t é"(a);
			insert into "t é" values ('é漢' || char(0, 13)), (cast(x'00d8' as text)), (cast(x'd800' as text));`);
		const { files } = await exported(file, { kind: "all", views: false }, "sql");
		const made = memory.write(files["export.sql"]!);
		const look = `select encoding, typeof(a), hex(cast(a as blob)) from "t é", pragma_encoding`;
		expect(memory.rows(made, look)).toEqual(memory.rows(file, look));
		expect(memory.rows(made, look)).toHaveLength(3);
	});
});
