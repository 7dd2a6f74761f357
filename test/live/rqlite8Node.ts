import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LiveDatabase } from "../support/sqlite/liveDatabase";
import { holdRaftLog } from "../support/stores/holdRaftLog";
import { checkpointInPlace } from "./checkpointInPlace";
import type { LiveNode, Step } from "./liveNode";
import { rqliteMeta } from "./rqliteMeta";
import { snapshotIds } from "./snapshotIds";

const TERM = 2;

/**
 * Keeps a store as rqlite 8 and 9 do: a real SQLite, and the same files made, changed and removed in the same order. It
 * is no rqlite; `step` can hold it before each change that somebody who reads the store can see. Each snapshot takes the
 * place of the one before: there is nothing left to reap.
 *
 * https://github.com/rqlite/rqlite/tree/v8.36.14/snapshot
 */
export async function startRqlite8Node(dataDirectory: string, step: Step): Promise<LiveNode> {
	const store = join(dataDirectory, "rsnapshots");
	mkdirSync(store);
	const database = new LiveDatabase({ pageSize: 4096, autoVacuum: "full" });
	const newId = snapshotIds();
	const raftLog = await holdRaftLog(dataDirectory);
	let previous: string | undefined;
	let index = 0;

	async function snapshot(): Promise<void> {
		const id = newId(TERM, index);
		const directory = join(store, id);
		await step();
		mkdirSync(`${directory}.tmp`);
		writeFileSync(join(`${directory}.tmp`, "meta.json"), `${rqliteMeta({ id })}\n`);
		const spool = join(`${directory}.tmp`, `${id}.data`);
		writeFileSync(spool, previous === undefined ? database.file() : database.cutWal());
		await step();
		renameSync(spool, previous === undefined ? `${directory}.db` : `${directory}.db-wal`);
		await step();
		renameSync(`${directory}.tmp`, directory);
		if (previous !== undefined) {
			await step();
			renameSync(`${join(store, previous)}.db`, `${directory}.db`);
			await checkpointInPlace(`${directory}.db`, step);
		}
		await step();
		const sizeBytes = statSync(`${directory}.db`).size;
		writeFileSync(join(directory, "meta.json"), `${rqliteMeta({ id, sizeBytes })}\n`);
		if (previous !== undefined) {
			await step();
			rmSync(join(store, previous), { recursive: true });
		}
		previous = id;
	}

	return {
		dataDirectory,
		takenAwayBy: "snapshot",
		async execute(statements) {
			database.transaction(statements);
			raftLog.write();
			return ++index;
		},
		snapshot,
		async reap() {},
		async stop() {
			database.close();
			await raftLog.release();
		},
	};
}
