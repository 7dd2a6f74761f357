import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DatabaseOptions, LiveDatabase } from "../sqlite/liveDatabase";
import { metaTextOf } from "./meta";
import type { BuiltSnapshot } from "./storeBuilder";

/**
 * How far a node came with a snapshot before it was stopped: its data is in place and its directory still `.tmp`; the
 * directory is in place; the database has taken the snapshot's name; part of the WAL is checkpointed into it; all of it
 * is, and the snapshot before removed.
 */
export type Stage = "data" | "directory" | "renamed" | "checkpointing" | "done";

const STAGES: readonly Stage[] = ["data", "directory", "renamed", "checkpointing", "done"];

/** Writes a store in the layout of rqlite 8 and 9, step by step as a node does. Answers the snapshots as they were written. */
export function buildRqliteV8(
	directory: string,
	tell: (store: RqliteV8Builder) => void,
	options: DatabaseOptions = {},
): BuiltSnapshot[] {
	const store = new RqliteV8Builder(directory, new LiveDatabase(options));
	try {
		tell(store);
		return store.snapshots;
	} finally {
		store.database.close();
	}
}

export class RqliteV8Builder {
	readonly snapshots: BuiltSnapshot[] = [];

	constructor(
		readonly directory: string,
		readonly database: LiveDatabase,
	) {
		mkdirSync(directory, { recursive: true });
	}

	/** A snapshot that holds the whole database. The stages `renamed` and `checkpointing` are none of it. */
	full(id: string, until: Stage = "done"): void {
		const image = this.database.file();
		const before = this.snapshots.at(-1);
		this.#directory(id);
		this.#write(`${id}.db`, image);
		this.snapshots.push(this.#snapshot(id, id, image));
		if (until === "data") return;
		this.#finishDirectory(id);
		if (until !== "done") return;
		this.#write(`${id}/meta.json`, metaTextOf(id, { sizeBytes: image.byteLength }));
		if (before) this.#remove(before.id);
	}

	/** A snapshot of what changed since the one before; without a WAL when nothing did. */
	incremental(id: string, until: Stage = "done"): void {
		const before = this.snapshots.at(-1);
		if (!before) throw new Error("the first snapshot is a full one");
		const wal = this.database.cutWal();
		const image = this.database.file();
		const reached = (stage: Stage) => STAGES.indexOf(until) >= STAGES.indexOf(stage);

		this.#directory(id);
		if (wal.byteLength > 0) this.#write(`${id}.db-wal`, wal);
		this.snapshots.push(this.#snapshot(id, reached("renamed") ? id : before.generation, image));
		if (!reached("directory")) return;
		this.#finishDirectory(id);
		if (!reached("renamed")) return;
		renameSync(join(this.directory, `${before.id}.db`), join(this.directory, `${id}.db`));
		if (!reached("checkpointing")) return;
		const half = Math.floor(image.byteLength / 2 / 512) * 512;
		this.#write(`${id}.db`, Buffer.concat([image.subarray(0, half), before.image.subarray(half)]));
		if (!reached("done")) return;
		this.#write(`${id}.db`, image);
		rmSync(join(this.directory, `${id}.db-wal`), { force: true });
		this.#write(`${id}/meta.json`, metaTextOf(id, { sizeBytes: image.byteLength }));
		this.#remove(before.id);
	}

	/** The directory of a snapshot that is being written. */
	#directory(id: string): void {
		mkdirSync(join(this.directory, `${id}.tmp`));
		this.#write(`${id}.tmp/meta.json`, metaTextOf(id));
	}

	#finishDirectory(id: string): void {
		renameSync(join(this.directory, `${id}.tmp`), join(this.directory, id));
	}

	#remove(id: string): void {
		for (const name of [id, `${id}.db`]) rmSync(join(this.directory, name), { recursive: true, force: true });
	}

	#write(path: string, content: string | Uint8Array): void {
		writeFileSync(join(this.directory, path), content);
	}

	#snapshot(id: string, generation: string, image: Uint8Array): BuiltSnapshot {
		return { id, generation, path: id, file: `${id}.db`, image };
	}
}

/** The size is written at the end. */
