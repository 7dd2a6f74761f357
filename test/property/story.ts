import fc from "fast-check";
import { LiveDatabase } from "../support/sqlite/liveDatabase";
import { checkpoint } from "../support/sqlite/oracle";

/** What happens to a database while snapshots of it are taken. */
export interface Story {
	readonly pageSize: number;
	readonly autoVacuum: "none" | "full" | "incremental";
	readonly steps: readonly Step[];
}

/**
 * `run`: statements that commit. `spill`: statements that outgrow the page cache and are rolled back. `cut`: a snapshot,
 * after which SQLite empties the log; `keep`: one after which the log stays as long as it was; `restart`: one after which
 * the node starts anew; `spilling`: one in the middle of a transaction.
 */
export type Step =
	| { readonly do: "run" | "spill" | "spilling"; readonly sql: string }
	| { readonly do: "cut" | "keep" | "restart" };

/** A base, the logs that follow, and what SQLite's own checkpoint makes of it all at each of them, the base's first. */
export interface ToldStory {
	readonly base: Uint8Array;
	readonly wals: readonly Uint8Array[];
	readonly states: readonly Uint8Array[];
}

const table = fc.constantFrom("a", "b", "c");
const count = fc.integer({ min: 1, max: 40 });
const size = fc.constantFrom(0, 10, 100, 400, 3000);
const numbers = (limit: number) =>
	`with recursive n(v) as (select 1 union all select v + 1 from n limit ${limit}) select v from n`;

/** One statement that can run in a transaction, whatever tables there are. */
const statement = fc.oneof(
	table.map((name) => `create table if not exists ${name}(k integer primary key, v blob);`),
	{
		weight: 4,
		arbitrary: fc
			.tuple(table, count, size)
			.map(
				([name, rows, bytes]) =>
					`create table if not exists ${name}(k integer primary key, v blob); insert into ${name}(v) select zeroblob(${bytes}) || v from (${numbers(rows)});`,
			),
	},
	{
		weight: 2,
		arbitrary: fc
			.tuple(table, count, size)
			.map(
				([name, step, bytes]) =>
					`create table if not exists ${name}(k integer primary key, v blob); update ${name} set v = k || zeroblob(${bytes}) where k % ${step} = 0;`,
			),
	},
	fc
		.tuple(table, count)
		.map(
			([name, step]) =>
				`create table if not exists ${name}(k integer primary key, v blob); delete from ${name} where k % ${step} < 2;`,
		),
	table.map((name) => `drop table if exists ${name};`),
	fc.constant("pragma incremental_vacuum;"),
);
const transaction = fc
	.array(statement, { minLength: 1, maxLength: 3 })
	.map((parts) => `begin; ${parts.join(" ")} commit;`);
const withSavepoint = fc
	.tuple(statement, statement, statement)
	.map(
		([a, b, c]) =>
			`pragma cache_size = 1; begin; ${a} savepoint s; ${b} rollback to s; ${c} commit; pragma cache_size = -2000;`,
	);

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: transaction.map((sql) => ({ do: "run" as const, sql })) },
	{ weight: 1, arbitrary: withSavepoint.map((sql) => ({ do: "run" as const, sql })) },
	{ weight: 1, arbitrary: fc.constant({ do: "run" as const, sql: "vacuum;" }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom("spill" as const, "spilling" as const), sql: statement }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constantFrom("cut" as const, "keep" as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);

/** Stories of up to so many steps, which end with a snapshot. */
export function stories(maxSteps: number, pageSizes = [512, 1024, 4096, 65_536]): fc.Arbitrary<Story> {
	return fc.record({
		pageSize: fc.constantFrom(...pageSizes),
		autoVacuum: fc.constantFrom("none" as const, "full" as const, "incremental" as const),
		steps: fc.array(step, { minLength: 1, maxLength: maxSteps }).map((steps) => [...steps, { do: "cut" as const }]),
	});
}

/** Lets a real SQLite live through a story. */
export function tell({ pageSize, autoVacuum, steps }: Story): ToldStory {
	const live = new LiveDatabase({ pageSize, autoVacuum });
	const wals: Uint8Array[] = [];
	/** A log that was kept and has not been written to since is none of the next snapshot's. */
	const snapshot = (log: Uint8Array) => {
		const last = wals.findLast(({ byteLength }) => byteLength > 0);
		wals.push(last && Buffer.compare(last, log) === 0 ? new Uint8Array(0) : Uint8Array.from(log));
	};
	try {
		live.run("create table first(x); insert into first values(zeroblob(900))");
		const base = live.file();
		for (const step of steps) {
			switch (step.do) {
				case "run":
					live.run(step.sql);
					break;
				case "spill":
					live.spill(step.sql);
					break;
				case "spilling":
					snapshot(live.spill(step.sql));
					live.restartWal();
					break;
				case "cut":
					snapshot(live.cutWal());
					break;
				case "keep":
					snapshot(live.wal());
					live.restartWal();
					break;
				case "restart":
					snapshot(live.cutWal());
					live.restart();
					break;
			}
		}
		const states = [base];
		for (const wal of wals) states.push(checkpoint(states.at(-1)!, [wal]));
		return { base, wals, states };
	} finally {
		live.close();
	}
}
