import { expect, test } from "vitest";
import { SqlError } from "../../../../src/engine/sqlError";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import { queryAll } from "../../../support/sqlite/oracle";
import { written } from "../openDatabase";
import { exported } from "./exported";

const PAGE_SIZE = 512;

/** A database in which one leaf of `t` is zeros. */
function damaged() {
	const sound = written(
		`create table t(a integer primary key, b text, twice as (a * 2));
		insert into t with recursive n(v) as (select 1 union all select v + 1 from n limit 500) select v, 'row ' || v from n;
		create table s(x); insert into s values (1);`,
		{ pageSize: PAGE_SIZE },
	);
	const [leaf] = queryAll(
		sound,
		"select pageno, pgoffset from dbstat where name = 't' and pagetype = 'leaf' limit 1 offset 3",
	);
	const file = sound.slice();
	file.fill(0, Number(leaf?.[1]), Number(leaf?.[1]) + PAGE_SIZE);
	return { sound, file, page: leaf?.[0] };
}

test("a damaged table is an error, unless what reads of it is wanted: then what is left out is told", async () => {
	const { file, sound, page } = damaged();
	await expect(exported(file, { kind: "object", name: "t" }, "csv")).rejects.toThrow(SqlError);

	const { files, summary } = await exported(file, { kind: "object", name: "t" }, "csv", true);
	const rows = files["rows.csv"]!.trimEnd().split("\r\n").slice(1);
	const left = /^table t: rows with rowids from (\d+) to (\d+) are left out: Page (\d+) /.exec(
		summary.warnings[0] ?? "",
	);
	expect([summary.warnings.length, BigInt(left?.[3] ?? 0)]).toEqual([1, page]);
	const [first, last] = [Number(left?.[1]), Number(left?.[2])];
	const expected = queryAll(
		sound,
		`select a || ',' || b || ',' || twice from t where a not between ${first} and ${last}`,
	);
	expect(rows).toEqual(expected.map(([line]) => line));
	expect(rows.length).toBeGreaterThan(450);
});

test("a script of it makes what reads", async () => {
	const { file } = damaged();
	const { files, summary } = await exported(file, { kind: "all", views: false }, "sql", true);
	expect(summary.warnings).toHaveLength(1);
	const made = new LiveDatabase();
	try {
		made.run(files["export.sql"]!);
		expect(made.all("select count(*) > 450 and sum(twice = a * 2) = count(*) from t, s")).toEqual([[1n]]);
	} finally {
		made.close();
	}
});
