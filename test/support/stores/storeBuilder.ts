import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DatabaseOptions, LiveDatabase } from "../sqlite/liveDatabase";
import { metaText, type Server } from "./meta";

export interface StoreOptions extends DatabaseOptions {
	/** The Raft configuration, until a snapshot has another. One voter when not given. */
	readonly servers?: readonly Server[];
}

/** What a snapshot's id is made of, and what stands in its file. What is not given follows from the snapshot before. */
export interface SnapshotOptions {
	readonly term?: bigint | number;
	readonly index?: bigint | number;
	/** Unix time. */
	readonly milliseconds?: number;
	/** The Raft configuration from this snapshot on. */
	readonly servers?: readonly Server[];
	/** Bytes to store in place of what SQLite has there. */
	readonly file?: Uint8Array;
}

/** A snapshot as it was written. Paths are relative to the store. */
export interface BuiltSnapshot {
	readonly id: string;
	readonly generation: string;
	readonly path: string;
	/** Its own data: `base.sqlite` of its generation, or its `wal`. */
	readonly file: string;
	/** The database at that moment as SQLite itself checkpointed it: what a reconstruction must equal byte for byte. */
	readonly image: Uint8Array;
}

/**
 * Writes a store in the generations layout, from a database that lives while the store is told:
 *
 * ```ts
 * const [full, incremental] = buildStore(directory, (store) => {
 * 	store.database.run("create table t(a)");
 * 	store.full();
 * 	store.database.run("insert into t values(1)");
 * 	store.incremental();
 * });
 * ```
 * Answers the snapshots in the order in which they were written.
 */
export function buildStore(
	directory: string,
	tell: (store: StoreBuilder) => void,
	options: StoreOptions = {},
): BuiltSnapshot[] {
	const store = new StoreBuilder(directory, options);
	try {
		tell(store);
		return store.snapshots;
	} finally {
		store.database.close();
	}
}

export class StoreBuilder {
	readonly database: LiveDatabase;
	readonly snapshots: BuiltSnapshot[] = [];
	#servers: readonly Server[];
	#configurationIndex = 1n;
	#generation = 0;
	#term = 2n;
	#index = 4n;
	#milliseconds = Date.UTC(2026, 10, 23, 8);

	constructor(
		readonly directory: string,
		options: StoreOptions,
	) {
		this.#servers = options.servers ?? [{ id: "node1", address: "localhost:4002", suffrage: "voter" }];
		mkdirSync(join(directory, "generations"), { recursive: true });
		mkdirSync(join(directory, "scratchpad"), { recursive: true });
		this.database = new LiveDatabase(options);
	}

	/** A full snapshot, which starts the next generation. */
	full(options: SnapshotOptions = {}): BuiltSnapshot {
		const image = this.database.file();
		this.#generation++;
		return this.#snapshot(options, image, undefined);
	}

	/** An incremental snapshot of what changed since the one before. */
	incremental(options: SnapshotOptions = {}): BuiltSnapshot {
		const wal = this.database.cutWal();
		return this.#snapshot(options, this.database.file(), wal);
	}

	#snapshot(options: SnapshotOptions, image: Uint8Array, wal: Uint8Array | undefined): BuiltSnapshot {
		this.#term = BigInt(options.term ?? this.#term);
		this.#index = BigInt(options.index ?? this.#index + 3n);
		if (options.servers !== undefined) {
			this.#servers = options.servers;
			this.#configurationIndex = this.#index - 1n;
		}
		this.#milliseconds = options.milliseconds ?? this.#milliseconds + 60_000;
		const id = `${this.#term}-${this.#index}-${this.#milliseconds}`;
		const generation = String(this.#generation).padStart(10, "0");
		const path = `generations/${generation}/${id}`;
		const file = wal === undefined ? `generations/${generation}/base.sqlite` : `${path}/wal`;

		mkdirSync(join(this.directory, path), { recursive: true });
		writeFileSync(join(this.directory, file), options.file ?? wal ?? image);
		writeFileSync(
			join(this.directory, path, "meta.json"),
			metaText({
				id,
				index: this.#index,
				term: this.#term,
				servers: this.#servers,
				configurationIndex: this.#configurationIndex,
				full: wal === undefined,
			}),
		);
		const snapshot = { id, generation, path, file, image };
		this.snapshots.push(snapshot);
		return snapshot;
	}
}
