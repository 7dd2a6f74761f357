import { LiveDatabase } from "../support/sqlite/liveDatabase";

/** A database as it went through snapshots: what it was at each, and the log between each two. */
export interface Story {
	readonly base: Uint8Array;
	/** `wals[n]` leads from `images[n]` to `images[n + 1]`. */
	readonly wals: readonly Uint8Array[];
	/** As SQLite itself has them; the first is the base. */
	readonly images: readonly Uint8Array[];
}

/**
 * Logs that grow a database, change nothing in it, shrink it, write a page many times, and grow it again. The same in
 * every process, but for the salts of the logs.
 */
export function tellStory(): Story {
	const live = new LiveDatabase({ pageSize: 512 });
	try {
		live.run("create table t(a integer primary key, b)");
		insert(live, 0, 8);
		const base = live.file();
		const wals: Uint8Array[] = [];
		const images = [base];
		for (const step of STEPS) {
			step(live);
			wals.push(live.cutWal());
			images.push(live.file());
		}
		return { base, wals, images };
	} finally {
		live.close();
	}
}

const STEPS: readonly ((live: LiveDatabase) => void)[] = [
	(live) => insert(live, 10, 12),
	() => {},
	(live) => live.run("delete from t where a < 15; vacuum"),
	(live) => {
		for (let n = 0; n < 4; n++) live.run(`update t set b = zeroblob(${100 + n}) where a = 16`);
	},
	(live) => insert(live, 40, 10),
	(live) => live.run("delete from t where a between 42 and 47"),
];

function insert(live: LiveDatabase, first: number, count: number): void {
	live.run(
		`with recursive n(a) as (values(${first}) union all select a + 1 from n where a < ${first + count - 1}) insert into t select a, printf('%0300d', a * 7919) from n`,
	);
}
