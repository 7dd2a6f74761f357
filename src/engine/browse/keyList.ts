import { decodeRows, RowWriter } from "../../protocol/rows";
import type { Row } from "../../protocol/values";

const BATCH = 256;

/** Keys in the order in which they were added, kept as bytes: nine for a rowid. */
export class KeyList {
	readonly #batches: Uint8Array[] = [];
	readonly #writer: RowWriter;
	/** Those that make no batch yet. */
	#last: Row[] = [];
	#sizeBytes = 0;

	/** `width`: values of a key. */
	constructor(width: number) {
		this.#writer = new RowWriter(width);
	}

	get count(): number {
		return this.#batches.length * BATCH + this.#last.length;
	}

	/** Of all full batches. */
	get sizeBytes(): number {
		return this.#sizeBytes;
	}

	add(key: Row): void {
		if (this.#last.push(key) < BATCH) return;
		for (const one of this.#last) this.#writer.add(one);
		const batch = this.#writer.take();
		this.#batches.push(batch);
		this.#sizeBytes += batch.byteLength;
		this.#last = [];
	}

	/** At most so many keys from a position on. */
	slice(first: number, maxCount: number): readonly Row[] {
		const end = Math.min(this.count, first + maxCount);
		const keys: Row[] = [];
		for (let at = first; at < end; ) {
			const batch = Math.floor(at / BATCH);
			const rows = this.#rows(batch);
			const start = batch * BATCH;
			keys.push(...rows.slice(at - start, end - start));
			at = start + BATCH;
		}
		return keys;
	}

	#rows(batch: number): readonly Row[] {
		const bytes = this.#batches[batch];
		return bytes === undefined ? this.#last : decodeRows(bytes);
	}
}
