import { Readable } from "node:stream";
import type { ByteSource } from "../core/files";
import { bytesSource } from "../core/files";
import type { NamedSource } from "../core/sqlite/image/pageImage";
import { WAL_HEADER_SIZE } from "../core/sqlite/wal/header";
import { fullStreamHead } from "../core/stream/streamHead";
import type { OpenChain } from "../node/openChain";
import { StoreError, storeErrorOf } from "./storeError";

const PIECE_SIZE = 1 << 18;

/**
 * A full snapshot as one stream: the head, the base, then the WALs in order; those without frames are left out. It reads
 * as fast as it is taken from. It owns the chain: the files are closed when it ends or is destroyed, whichever is first.
 *
 * It fails with `StoreError` `changed-while-reading` before its end when the base was not what it was all the while.
 */
export class SnapshotStream extends Readable {
	/** Of the whole stream. */
	readonly sizeBytes: number;
	readonly #chain: OpenChain;
	readonly #confirm: () => Promise<void>;
	readonly #parts: readonly NamedSource[];
	#part = 0;
	#offset = 0;

	/** `confirm` is asked once the base has been read; where it rejects the stream fails. */
	constructor(chain: OpenChain, confirm: () => Promise<void>) {
		super({ highWaterMark: 4 * PIECE_SIZE });
		this.#chain = chain;
		this.#confirm = confirm;
		const wals = chain.wals.filter(({ source }) => source.sizeBytes !== 0 && source.sizeBytes !== WAL_HEADER_SIZE);
		const head = fullStreamHead(chain.base.source.sizeBytes, wals.map(sizeOf));
		this.#parts = [{ path: "", source: bytesSource(head) }, chain.base, ...wals];
		this.sizeBytes = this.#parts.map(sizeOf).reduce((sum, size) => sum + size);
	}

	override _read(): void {
		this.#next().then(
			(bytes) => this.push(bytes),
			(error: unknown) => this.destroy(asError(storeErrorOf(this.#parts[this.#part]?.path ?? "", error))),
		);
	}

	override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
		this.#chain.close();
		callback(error);
	}

	/** The next bytes; `null` at the end. */
	async #next(): Promise<Uint8Array | null> {
		let part = this.#parts[this.#part];
		while (part && this.#offset === part.source.sizeBytes) {
			if (part === this.#chain.base) await this.#confirm();
			part = this.#parts[++this.#part];
			this.#offset = 0;
		}
		if (!part) return null;
		const bytes = Buffer.allocUnsafeSlow(Math.min(PIECE_SIZE, part.source.sizeBytes - this.#offset));
		if (part.source.readInto(bytes, this.#offset) < bytes.byteLength) throw changedWhileReading(part.path);
		this.#offset += bytes.byteLength;
		return bytes;
	}
}

/** A file that is not what it was when its snapshot was opened. */
export function changedWhileReading(path: string): StoreError {
	return new StoreError(
		"changed-while-reading",
		path,
		`${path} was changed while the snapshot was read. Read it again; a reap may have been at work.`,
	);
}

function sizeOf({ source }: { readonly source: ByteSource }): number {
	return source.sizeBytes;
}

function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
