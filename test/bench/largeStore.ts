import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Random } from "../support/sample/random";
import { LiveDatabase } from "../support/sqlite/liveDatabase";
import { metaText } from "../support/stores/meta";

/** Of a base of about 216 MB. */
export const MANY_ROWS = 1_000_000;
const WALS = 6;
const TRANSACTIONS = 100;
const WRITES = 40;

/**
 * Writes a store whose base has so many rows of some 190 bytes, with an index; then six snapshots, each
 * with a log of 36 to 46 MB of small transactions all over the table. Kept and used again when it is there.
 */
export function largeStore(directory: string, rows = MANY_ROWS): string {
	if (existsSync(directory)) return directory;
	const unfinished = `${directory}.tmp`;
	rmSync(unfinished, { recursive: true, force: true });
	const live = new LiveDatabase({ pageSize: 4096 });
	try {
		live.run(`
			create table events(id integer primary key, payload text, bucket int);
			with recursive n(i) as (values (0) union all select i + 1 from n where i < ${rows - 1})
			insert into events(payload, bucket) select printf('%.*c', 180, 'x') || i, i % 1000 from n;
			create index events_bucket on events(bucket);
		`);
		const generation = join(unfinished, "generations", "0000000001");
		writeFile(join(generation, "base.sqlite"), live.file());
		writeSnapshot(generation, 10, true);
		const draw = new Random(1);
		for (let wal = 0; wal < WALS; wal++) {
			for (let transaction = 0; transaction < TRANSACTIONS; transaction++) {
				live.transaction(() => {
					for (let write = 0; write < WRITES; write++) {
						live.run("update events set bucket = bucket + 1000 where id = ?", 1 + draw.below(rows));
					}
				});
			}
			const id = writeSnapshot(generation, 20 + 10 * wal, false);
			writeFile(join(generation, id, "wal"), live.cutWal());
		}
	} finally {
		live.close();
	}
	renameSync(unfinished, directory);
	return directory;
}

function writeSnapshot(generation: string, index: number, full: boolean): string {
	const id = `2-${index}-${1_700_000_000_000 + index}`;
	const servers = [{ id: "node1", address: "localhost:4002", suffrage: "voter" }] as const;
	const meta = { id, index: BigInt(index), term: 2n, servers, configurationIndex: 1n, full };
	writeFile(join(generation, id, "meta.json"), metaText(meta));
	return id;
}

function writeFile(path: string, content: string | Uint8Array): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, content);
}
