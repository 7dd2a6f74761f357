import { Readable } from "node:stream";
import type { ByteSource } from "../../core/files";
import { WAL_HEADER_SIZE } from "../../core/sqlite/wal/header";
import { fullStreamHead } from "../../core/stream/streamHead";
import type { OpenChain } from "../../node/openChain";
import { storeErrorOf } from "../storeError";
import { changedWhileReading } from "./changedWhileReading";
import { PIECE_SIZE, ReadAhead } from "./readAhead";

/**
 * A full snapshot as one stream: the head, the base, then the WALs in order; those without frames are left out. It reads
 * as fast as it is taken from, some pieces ahead. It owns the chain: the files are closed when it ends or is destroyed,
 * whichever is first.
 *
 * Each piece belongs to whoever takes it. Who is done with one and wants the next ones faster gives it back.
 *
 * It fails with `StoreError` `changed-while-reading` before its end when the base was not what it was all the while.
 */
export class SnapshotStream extends Readable {
	/** Of the whole stream. */
	readonly sizeBytes: number;
	readonly #chain: OpenChain;
	readonly #confirm: () => Promise<void>;
	readonly #ahead: ReadAhead;
	#head: Uint8Array | undefined;
	/** Whether the base has been read and was what it should be. */
	#confirmed = false;

	/** `confirm` is asked once the base has been read; where it rejects the stream fails. */
	constructor(chain: OpenChain, confirm: () => Promise<void>) {
		super({ highWaterMark: PIECE_SIZE });
		this.#chain = chain;
		this.#confirm = confirm;
		const wals = chain.wals.filter(({ source }) => source.sizeBytes !== 0 && source.sizeBytes !== WAL_HEADER_SIZE);
		const files = [chain.base, ...wals];
		this.#head = fullStreamHead(chain.base.source.sizeBytes, wals.map(sizeOf));
		this.#ahead = new ReadAhead(files);
		this.sizeBytes = this.#head.byteLength + files.map(sizeOf).reduce((sum, size) => sum + size);
	}

	/** Has the memory of a piece used for a later one. Whoever gives it back looks at it no more. */
	giveBack(piece: Uint8Array): void {
		this.#ahead.giveBack(piece);
	}

	override _read(): void {
		this.#next().then(
			(bytes) => this.push(bytes),
			(error: unknown) => this.destroy(asError(error)),
		);
	}

	override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
		this.#ahead.idle().then(() => {
			this.#chain.close();
			callback(error);
		});
	}

	/** The next bytes; `null` at the end. */
	async #next(): Promise<Uint8Array | null> {
		if (this.#head) {
			const head = this.#head;
			this.#head = undefined;
			return head;
		}
		const piece = this.#ahead.take();
		const { path } = piece?.file ?? this.#chain.base;
		try {
			if (!this.#confirmed && piece?.file !== this.#chain.base) {
				this.#confirmed = true;
				await this.#confirm();
			}
			if (!piece) return null;
			const bytes = await piece.bytes;
			if (bytes.byteLength < piece.sizeBytes) throw changedWhileReading(path);
			return bytes;
		} catch (error) {
			throw storeErrorOf(path, error);
		}
	}
}

function sizeOf({ source }: { readonly source: ByteSource }): number {
	return source.sizeBytes;
}

function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
