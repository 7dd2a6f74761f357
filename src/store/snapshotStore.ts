import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Files } from "../core/files";
import { findSnapshot, readStore, storeSnapshots } from "../core/snapshot/catalog";
import { chainOf } from "../core/snapshot/chain";
import type { Chain, RaftServer, Snapshot, Store } from "../core/snapshot/model";
import { isUnchanged } from "../core/snapshot/unchanged";
import { nodeFiles } from "../node/nodeFiles";
import { openChain } from "../node/openChain";
import { nextGeneration } from "./create/generationName";
import { SNAPSHOT_VERSION } from "./create/metaText";
import { newSnapshotId } from "./create/newSnapshotId";
import type { SnapshotSink } from "./create/snapshotSink";
import { type Disk, nodeDisk } from "./disk/disk";
import { findingError } from "./findingError";
import { inStoreWords } from "./maintain/inStoreWords";
import { planRecover, reap, recover, requireUsable } from "./maintain/maintain";
import type { RunOptions } from "./maintain/maintenance";
import type { ReapOptions, ReapPlan } from "./maintain/reapPlan";
import type { RecoveryPlan } from "./maintain/recoveryPlan";
import { nativePath } from "./nativePath";
import { prepareDirectory, prepareScratchpad } from "./prepareDirectory";
import { changedWhileReading } from "./restore/changedWhileReading";
import type { RestoreOptions } from "./restore/restoreImage";
import type { SnapshotStream } from "./restore/snapshotStream";
import { StoreError } from "./storeError";
import { lockStore, type StoreLock } from "./storeLock";

export interface StoreOptions {
	/** What changes the file system; Node's when not given. */
	readonly disk?: Disk;
	/** Milliseconds since the Unix epoch; the clock when not given. */
	readonly now?: () => number;
	/** A reap that follows each snapshot. None when not given. */
	readonly reapAfter?: { readonly retain: number };
}

/** What Raft says about a snapshot. */
export interface CreateOptions {
	/** Of the Raft snapshot: 1. */
	readonly version: number;
	/** Of the last log entry that the snapshot covers, uint64. */
	readonly index: bigint;
	/** Of that entry, uint64. */
	readonly term: bigint;
	readonly configuration: readonly RaftServer[];
	/** Of the entry that the configuration comes from, uint64. */
	readonly configurationIndex: bigint;
}

export interface OpenedSnapshot {
	/** What is listed of it; `meta` there is what its `meta.json` says. */
	readonly snapshot: Snapshot;
	/** Length of the stream in bytes. */
	readonly sizeBytes: number;
	/** Read it to its end or destroy it: until then its files stay open. */
	readonly stream: SnapshotStream;
}

export interface StoreStats {
	readonly generations: number;
	/** Ids of the snapshots of all generations, oldest first. */
	readonly available: readonly string[];
	/** Of all bases and WALs that belong to a snapshot, in bytes. */
	readonly sizeBytes: number;
	/** Name of the generation that the next full snapshot starts. */
	readonly nextGeneration: string;
}

/**
 * A snapshot store with generations (`src/core/FORMATS.md`) in a directory of Node's file system.
 *
 * Reading takes no lock and changes nothing. `create`, `reap` and `recover` hold a lock against all processes; they
 * throw `StoreError` `store-busy` at once where somebody else has it. What a crash has left is put in order before
 * anything else is written. All methods throw `StoreError`; what is said of the disk holds when a promise resolves.
 */
export class SnapshotStore {
	/** Absolute, without links. */
	readonly directory: string;
	readonly #files: Files;
	readonly #disk: Disk;
	readonly #now: () => number;
	readonly #reapAfter: StoreOptions["reapAfter"];

	private constructor(directory: string, { disk = nodeDisk, now = Date.now, reapAfter }: StoreOptions) {
		this.directory = directory;
		this.#files = nodeFiles(directory);
		this.#disk = disk;
		this.#now = now;
		this.#reapAfter = reapAfter;
	}

	/**
	 * Opens a store: makes what is missing, and recovers what a crash has left. A store in which nothing is to be done is
	 * not written to. Where another process is at work in it, what looks left over may be its work: it stays.
	 *
	 * Throws `not-a-store` for a directory that holds other things, and what stands in the way of a recovery:
	 * `base-missing`, `damaged`, `plan-unreadable`, `symbolic-link`.
	 */
	static open(directory: string, options: StoreOptions = {}): Promise<SnapshotStore> {
		const path = resolve(directory);
		return inStoreWords(path, async () => {
			await prepareDirectory(options.disk ?? nodeDisk, path);
			const store = new SnapshotStore(await realpath(path), options);
			await store.#recoverWhenNeeded();
			return store;
		});
	}

	/** Where the generations are, absolute. */
	get generationsDirectory(): string {
		return nativePath(this.directory, "generations");
	}

	/** Where a generation is, absolute, whether or not it is there. */
	generationDirectory(name: string): string {
		return join(this.generationsDirectory, name);
	}

	/** Everything the store holds now. */
	read(): Promise<Store> {
		return inStoreWords(this.directory, () => readStore(this.#files));
	}

	/** Whether the next snapshot must be a full one. */
	async fullNeeded(): Promise<boolean> {
		return (await this.read()).fullNeeded;
	}

	/** Names, oldest first. */
	async generations(): Promise<readonly string[]> {
		return (await this.read()).generations.map(({ name }) => name);
	}

	/** Name of the newest generation. */
	async currentGeneration(): Promise<string | undefined> {
		return (await this.generations()).at(-1);
	}

	/** Name of the generation that the next full snapshot starts. */
	async nextGeneration(): Promise<string> {
		return nextGeneration(await this.read());
	}

	/** The newest snapshot of the current generation: none or one, as Raft asks for it. */
	async list(): Promise<readonly Snapshot[]> {
		return (await this.read()).generations.at(-1)?.snapshots.slice(-1) ?? [];
	}

	/** The snapshots of all generations, oldest first. */
	async listAll(): Promise<readonly Snapshot[]> {
		return storeSnapshots(await this.read());
	}

	async stats(): Promise<StoreStats> {
		const store = await this.read();
		const wals = storeSnapshots(store).flatMap(({ kind, files }) => (kind === "incremental" ? files : []));
		const bases = store.generations.flatMap(({ base, snapshots }) => (base && snapshots.length > 0 ? [base] : []));
		return {
			generations: store.generations.length,
			available: storeSnapshots(store).map(({ id }) => id),
			sizeBytes: [...bases, ...wals].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
			nextGeneration: nextGeneration(store),
		};
	}

	/**
	 * Begins a snapshot. The sink takes its stream, whose header says whether it is a full or an incremental one, and holds
	 * the lock until it has ended. Throws `store-busy`, `unsupported-version`, what `open` throws, and a `RangeError` for
	 * what is no uint64.
	 */
	async create({ version, ...options }: CreateOptions): Promise<SnapshotSink> {
		if (version !== SNAPSHOT_VERSION) {
			const message = `Raft snapshots of version ${version} are not known; ${SNAPSHOT_VERSION} is.`;
			throw new StoreError("unsupported-version", this.directory, message);
		}
		requireUint64(options);
		// What handles streams takes its time to load: only whoever has one to handle loads it.
		const { SnapshotSink } = await import("./create/snapshotSink");
		return this.#locked(async (lock) => {
			requireUsable(await recover(this.directory, { disk: this.#disk }));
			const id = newSnapshotId(await this.read(), options.term, options.index, this.#now());
			const { directory } = this;
			await prepareScratchpad(this.#disk, directory);
			const path = nativePath(directory, `scratchpad/${id}`);
			const spool = { path, file: await this.#disk.createFile(path) };
			const afterwards = () => this.#reapAfterwards();
			return new SnapshotSink({ disk: this.#disk, directory, lock, spool, meta: { ...options, id }, afterwards });
		}, "keep");
	}

	/**
	 * A snapshot, `latest` for the newest, as a full stream; searched from the newest generation to the oldest. What the
	 * files hold is not checked: whoever takes the stream does that. It is not disturbed by snapshots that come meanwhile;
	 * a reap that changes the base makes it fail, never end wrong.
	 *
	 * Throws `snapshot-not-found`, `base-missing`, `wal-missing`, `damaged`, `symbolic-link`, `changed-while-reading`.
	 */
	openSnapshot(id: string): Promise<OpenedSnapshot> {
		return inStoreWords(this.directory, async () => {
			const { SnapshotStream } = await import("./restore/snapshotStream");
			const { snapshot, chain } = await this.#find(id);
			const stream = new SnapshotStream(await openChain(this.directory, chain), () =>
				this.#confirm(snapshot.id, chain),
			);
			return { snapshot, sizeBytes: stream.sizeBytes, stream };
		});
	}

	/**
	 * Writes a snapshot as one SQLite file, byte for byte what SQLite's own checkpoint makes. `source`: an id, `latest`, or
	 * a full stream, be it one of rqlite 10, which is kept beside the target until it is whole. The file is durable when the
	 * promise resolves; when it rejects the target is as it was. Replaces what is there. Answers the SHA-256 of the file in hexadecimal.
	 *
	 * Throws what `openSnapshot` throws; `damaged` for what is not sound; `full-needed` for an incremental stream;
	 * `stream-truncated`, `stream-too-long`, `bad-stream`, `unsupported-version`; `no-space`, `no-permission`,
	 * `disk-failed`; and the reason of a cancellation.
	 */
	restore(source: string | AsyncIterable<Uint8Array>, target: string, options: RestoreOptions = {}): Promise<string> {
		return inStoreWords(this.directory, async () => {
			const { restoreImage, restoreStream } = await import("./restore/restoreImage");
			if (typeof source !== "string") return restoreStream(source, target, { ...options, disk: this.#disk });
			const { snapshot, chain } = await this.#find(source);
			const files = await openChain(this.directory, chain);
			const confirm = () => this.#confirm(snapshot.id, chain);
			try {
				return await restoreImage(files, target, { ...options, confirm, disk: this.#disk });
			} finally {
				files.close();
			}
		});
	}

	/**
	 * Keeps the newest `retain` snapshots (2 when not given, and at least) of the current generation, and removes the older
	 * ones and all older generations. The WALs of what goes are checkpointed into the base, so those that stay keep their
	 * exact state, at any moment and after any crash. Answers the steps that were taken; all are durable.
	 *
	 * Throws `retain-too-low`, `store-busy`, `damaged` before anything is changed, and what `open` throws. A failure of the
	 * disk later on leaves a reap that the next recovery finishes.
	 */
	reap(options: ReapOptions & Pick<RunOptions, "progress"> = {}): Promise<ReapPlan> {
		return this.#locked(() => reap(this.directory, { ...options, disk: this.#disk }));
	}

	/** Puts in order what a crash has left; answers what was done, durable, and what cannot be mended. Throws `store-busy`. */
	recover(options: Pick<RunOptions, "progress" | "cancel"> = {}): Promise<RecoveryPlan> {
		return this.#locked(() => recover(this.directory, { ...options, disk: this.#disk }));
	}

	async #recoverWhenNeeded(): Promise<void> {
		let plan = await planRecover(this.directory);
		if (plan.steps.length > 0) {
			try {
				plan = await this.recover();
			} catch (error) {
				if (error instanceof StoreError && error.code === "store-busy") return;
				throw error;
			}
		}
		requireUsable(plan);
	}

	async #reapAfterwards(): Promise<ReapPlan | StoreError | undefined> {
		if (!this.#reapAfter) return undefined;
		try {
			return await reap(this.directory, { ...this.#reapAfter, disk: this.#disk });
		} catch (error) {
			if (error instanceof StoreError) return error;
			throw error;
		}
	}

	/** Does work under the lock, and releases it; where the work goes on after its promise resolves, only if that rejects. */
	#locked<T>(work: (lock: StoreLock) => Promise<T>, afterwards: "release" | "keep" = "release"): Promise<T> {
		return inStoreWords(this.directory, async () => {
			const lock = await lockStore(this.directory);
			let kept = false;
			try {
				const result = await work(lock);
				kept = afterwards === "keep";
				return result;
			} finally {
				if (!kept) await lock.release();
			}
		});
	}

	async #find(id: string): Promise<{ readonly snapshot: Snapshot; readonly chain: Chain }> {
		const store = await readStore(this.#files);
		const snapshot = findSnapshot(store, id);
		if (!snapshot) {
			const message = `${this.directory} has no snapshot ${id}. Its newest one is ${store.newest?.id ?? "not there either"}.`;
			throw new StoreError("snapshot-not-found", this.directory, message);
		}
		const chain = chainOf(store, snapshot);
		const [broken] = chain.broken;
		if (broken) throw findingError(broken);
		return { snapshot, chain };
	}

	/** Throws when a chain is not what it was when its files were opened. */
	async #confirm(id: string, chain: Chain): Promise<void> {
		if (await isUnchanged(this.#files, id, chain)) return;
		throw changedWhileReading(nativePath(this.directory, chain.base?.path ?? ""));
	}
}

function requireUint64({ index, term, configurationIndex }: Omit<CreateOptions, "version">): void {
	for (const [name, value] of Object.entries({ index, term, configurationIndex })) {
		if (BigInt.asUintN(64, value) !== value) throw new RangeError(`${name} is ${value}, no uint64`);
	}
}
