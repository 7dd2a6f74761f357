import type { Disk, DiskFile } from "../disk/disk";
import type { ReapPlan } from "../maintain/reapPlan";
import { StoreError } from "../storeError";
import type { StoreLock } from "../storeLock";
import type { NewMeta } from "./metaText";
import { storeSnapshot } from "./storeSnapshot";

/** What a sink stands on. It owns the lock and the file from here on. */
export interface SinkContext {
	readonly disk: Disk;
	/** Of the store. */
	readonly directory: string;
	readonly lock: StoreLock;
	/** Where the stream is kept until it is whole: a new file, open. */
	readonly spool: { readonly path: string; readonly file: DiskFile };
	readonly meta: Omit<NewMeta, "full">;
	/** Called under the lock once the snapshot is durable. */
	readonly afterwards: () => Promise<ClosedSink["reap"]>;
}

export interface ClosedSink {
	/** What the reap that was to follow has done, or why it has not; `undefined` when none was asked for. */
	readonly reap: ReapPlan | StoreError | undefined;
}

/**
 * Takes the stream of one snapshot. It holds the store's lock until it is closed, cancelled or has failed; whichever
 * comes first, and later calls throw `StoreError` `sink-closed`. Calls may overlap; they are carried out one by one.
 */
export class SnapshotSink {
	/** The snapshot's id, which is its directory's name: `<term>-<index>-<unix milliseconds>`. */
	readonly id: string;
	readonly #context: SinkContext;
	#writtenBytes = 0;
	#open = true;
	#last: Promise<unknown> = Promise.resolve();

	constructor(context: SinkContext) {
		this.#context = context;
		this.id = context.meta.id;
	}

	/** The file that the stream is kept in; what is refused for the stream's sake names it. */
	get stream(): string {
		return this.#context.spool.path;
	}

	/**
	 * Takes the next bytes of the stream: the length, the header, then the files. They may be used again when the promise
	 * resolves; then they are written, not durable. When it rejects the sink has failed and nothing is left of it.
	 */
	write(bytes: Uint8Array): Promise<void> {
		return this.#inTurn(async () => {
			await this.#orFail(() => this.#context.spool.file.write(bytes, this.#writtenBytes));
			this.#writtenBytes += bytes.byteLength;
		});
	}

	/**
	 * Ends the stream. When the promise resolves the snapshot is listed and durable; when it rejects the store is as it
	 * was before the sink. Throws `StoreError`: `stream-truncated`, `stream-too-long`, `bad-stream`,
	 * `unsupported-version`, `full-needed`, `page-size-mismatch`, `wal-does-not-follow`, `out-of-order`, `damaged`,
	 * `store-busy`, `symbolic-link`, `no-space`, `no-permission`, `disk-failed`.
	 */
	close(): Promise<ClosedSink> {
		return this.#inTurn(async () => {
			const { disk, directory, lock, spool, meta, afterwards } = this.#context;
			await this.#orFail(async () => {
				await spool.file.close();
				lock.check();
				await storeSnapshot({ disk, directory, stream: spool.path, meta });
			});
			this.#open = false;
			try {
				await disk.removeFile(spool.path).catch(() => {}); // the next recovery empties the scratchpad
				return { reap: await afterwards() };
			} finally {
				await lock.release();
			}
		});
	}

	/** Gives the snapshot up. Nothing is left of it when the promise resolves. A sink that has ended stays as it is. */
	async cancel(): Promise<void> {
		await this.#last;
		if (this.#open) await this.#discard();
	}

	/** Runs calls one behind the other. */
	#inTurn<T>(call: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(() => {
			if (this.#open) return call();
			throw new StoreError("sink-closed", this.#context.spool.path, `The sink of ${this.id} has ended before.`);
		});
		this.#last = turn.catch(() => {}); // told to whoever made the call
		return turn;
	}

	async #orFail(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			await this.#discard().catch(() => {}); // what happened first is the answer
			throw error;
		}
	}

	async #discard(): Promise<void> {
		this.#open = false;
		const { disk, lock, spool } = this.#context;
		try {
			await spool.file.close().catch(() => {}); // closed already, or the disk has failed: the file goes either way
			await disk.removeFile(spool.path);
		} finally {
			await lock.release();
		}
	}
}
