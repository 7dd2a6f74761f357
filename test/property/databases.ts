import fc from "fast-check";

/** What a database is made with. */
export const formats: fc.Arbitrary<string> = fc
	.record({
		pageSize: fc.constantFrom(512, 512, 1024, 4096, 65_536),
		encoding: fc.constantFrom("UTF-8", "UTF-8", "UTF-16le", "UTF-16be"),
		autoVacuum: fc.constantFrom("none", "none", "full", "incremental"),
	})
	.map(
		({ pageSize, encoding, autoVacuum }) =>
			`pragma page_size = ${pageSize}; pragma encoding = '${encoding}'; pragma auto_vacuum = ${autoVacuum}; create table first(x);`,
	);

/** Tables of all kinds; each of them has a key `k` and a value `v`. */
const CREATE = {
	a: "create table if not exists a(k integer primary key autoincrement, v); create index if not exists a_v on a(v); create index if not exists a_part on a(v) where k % 3 = 0;",
	b: "create table if not exists b(k primary key, v) without rowid; create index if not exists b_v on b(v);",
	c: "create table if not exists c(k unique, v); create index if not exists c_vk on c(v, k);",
	d: `create table if not exists d(k, v, ${Array.from({ length: 70 }, (_, n) => `c${n}`)});`,
} as const;

const table = fc.constantFrom("a" as const, "b" as const, "c" as const, "d" as const);
const step = fc.integer({ min: 1, max: 9 });
const value = fc.oneof(
	fc.constantFrom("null", "n", "n / 3.0", "n * 4294967296", "'short'"),
	fc.constantFrom(10, 60, 300, 1000, 9000).map((bytes) => `hex(randomblob(${bytes} / 2))`),
);
const rows = fc
	.record({ key: fc.constantFrom("random()", "n", "n * 1000003"), value, count: fc.integer({ min: 1, max: 150 }) })
	.map(
		({ key, value, count }) =>
			`(k, v) select ${key}, ${value} from (with recursive t(n) as (select 1 union all select n + 1 from t limit ${count}) select n from t);`,
	);

/** A statement or two that can always run. */
export const changes: fc.Arbitrary<string> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.tuple(table, rows).map(([name, rows]) => `${CREATE[name]} insert or ignore into ${name}${rows}`),
	},
	{
		weight: 2,
		arbitrary: fc
			.tuple(table, step, value)
			.map(
				([name, step, value]) =>
					`${CREATE[name]} update ${name} set v = (with one(n) as (select 7) select ${value} from one) where k % ${step} = 0;`,
			),
	},
	{
		weight: 2,
		arbitrary: fc
			.tuple(table, step)
			.map(([name, step]) => `${CREATE[name]} delete from ${name} where k % ${step} = 0;`),
	},
	table.map((name) => `drop table if exists ${name};`),
	fc.constantFrom("vacuum;", "pragma incremental_vacuum(4);", "pragma secure_delete = on;", "analyze;"),
);
