import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCrc32c } from "../../src/core/checksum/crc32c";
import { LiveDatabase } from "../support/sqlite/liveDatabase";
import { holdRaftLog } from "../support/stores/holdRaftLog";
import { checkpointInPlace } from "./checkpointInPlace";
import type { LiveNode, Step } from "./liveNode";
import { rqliteMeta } from "./rqliteMeta";
import { snapshotIds } from "./snapshotIds";

const TERM = 2;

/** A directory of the store, and the names of its WALs. */
interface StoredSnapshot {
	readonly id: string;
	readonly index: number;
	readonly wals: readonly string[];
}

/**
 * Keeps a store as rqlite 10 does: a real SQLite, and the same files made, changed and removed in the same order. It is
 * no rqlite; `step` can hold it before each change that somebody who reads the store can see.
 *
 * https://github.com/rqlite/rqlite/tree/v10.2.7/snapshot
 */
export async function startRqlite10Node(dataDirectory: string, step: Step): Promise<LiveNode> {
	const crc = await createCrc32c();
	const store = join(dataDirectory, "wsnapshots");
	const staging = join(dataDirectory, "wal-staging");
	for (const directory of [store, staging]) mkdirSync(directory);
	const database = new LiveDatabase({ pageSize: 4096, autoVacuum: "full" });
	const newId = snapshotIds();
	const raftLog = await holdRaftLog(dataDirectory);
	let snapshots: StoredSnapshot[] = [];
	let index = 0;
	let staged = 0;

	function writeSidecar(file: string): void {
		crc.reset();
		crc.update(readFileSync(file));
		const sum = crc.digest().toString(16).padStart(8, "0");
		writeFileSync(`${file}.crc32`, JSON.stringify({ crc: sum, type: "castagnoli" }));
	}

	function writeBase(draft: string): void {
		writeFileSync(join(draft, "data.db"), database.file());
		writeSidecar(join(draft, "data.db"));
	}

	/** Answers the WAL's name. */
	async function moveWal(draft: string): Promise<string> {
		const nanoseconds = String(BigInt(Date.now()) * 1_000_000n);
		const name = `${nanoseconds.padStart(24, "0")}-${String(++staged).padStart(6, "0")}.wal`;
		writeFileSync(join(staging, name), database.cutWal());
		writeSidecar(join(staging, name));
		for (const file of [name, `${name}.crc32`]) {
			await step();
			renameSync(join(staging, file), join(draft, file));
		}
		return name;
	}

	async function snapshot(): Promise<void> {
		const id = newId(TERM, index);
		const directory = join(store, id);
		const draft = `${directory}.tmp`;
		await step();
		mkdirSync(draft);
		const wals: string[] = [];
		if (snapshots.length === 0) writeBase(draft);
		else wals.push(await moveWal(draft));
		writeFileSync(join(draft, "meta.json"), `${rqliteMeta({ id })}\n`);
		await step();
		renameSync(draft, directory);
		snapshots.push({ id, index, wals });
	}

	/** Makes of a full snapshot and the incremental ones behind it one full snapshot. */
	async function reap(): Promise<void> {
		const [base, ...newer] = snapshots;
		const newest = newer.at(-1);
		if (!base || !newest) return;
		const directory = join(store, base.id);
		const file = join(directory, "data.db");
		const wals = newer.flatMap(({ id, wals }) => wals.map((name) => join(store, id, name)));
		const id = newId(TERM, newest.index);
		const meta = rqliteMeta({ id });

		await writePlan({
			ops: [
				{ type: "checkpoint", wals, db: file },
				{ type: "calc_crc32", src: file, dst: `${file}.crc32` },
				...newer.map(({ id }) => ({ type: "remove_all", src: join(store, id) })),
				{ type: "write_meta", dst: directory, data: JSON.parse(meta) as unknown },
				{ type: "verify_db", src: file },
				{ type: "rename", src: directory, dst: join(store, id) },
			],
			n_reaped: newer.length,
			n_checkpointed: wals.length,
		});
		for (const wal of wals) {
			await step();
			renameSync(wal, `${file}-wal`);
			await checkpointInPlace(file, step);
		}
		await step();
		writeSidecar(file);
		for (const { id } of newer) {
			await step();
			rmSync(join(store, id), { recursive: true });
		}
		await step();
		writeFileSync(join(directory, "meta.json"), meta);
		await step();
		for (const suffix of ["-wal", "-shm"]) writeFileSync(file + suffix, ""); // left behind by the check
		await step();
		renameSync(directory, join(store, id));
		await step();
		rmSync(join(store, "REAP_PLAN"));
		snapshots = [{ id, index: newest.index, wals: [] }];
	}

	async function writePlan(plan: unknown): Promise<void> {
		const path = join(store, "REAP_PLAN");
		await step();
		writeFileSync(`${path}.tmp`, JSON.stringify(plan));
		await step();
		renameSync(`${path}.tmp`, path);
	}

	return {
		dataDirectory,
		takenAwayBy: "reap",
		async execute(statements) {
			database.transaction(statements);
			raftLog.write();
			return ++index;
		},
		snapshot,
		reap,
		async stop() {
			database.close();
			await raftLog.release();
		},
	};
}
