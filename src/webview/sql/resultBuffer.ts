import type { RowBatch } from "../../protocol/engine";
import { decodeRows } from "../../protocol/rows";
import type { Row } from "../../protocol/values";

interface Batch {
	/** Position of its first row in the result. */
	readonly start: number;
	readonly bytes: Uint8Array;
}

export interface BufferLimits {
	readonly rows: number;
	readonly bytes: number;
}

export const BUFFER_LIMITS: BufferLimits = { rows: 1_000_000, bytes: 64 << 20 };

/** Batches that stay decoded: those under the eye, and the one to either side. */
const DECODED = 4;

/**
 * The rows of a result so far. They are kept as they came, in bytes, and decoded a batch at a time when looked at, so
 * that the limit on memory holds whatever the values are.
 */
export class ResultBuffer {
	readonly #batches: Batch[] = [];
	/** Least recently used first. */
	readonly #decoded = new Map<Batch, readonly Row[]>();
	#rowCount = 0;
	#sizeBytes = 0;

	constructor(readonly limits: BufferLimits = BUFFER_LIMITS) {}

	get rowCount(): number {
		return this.#rowCount;
	}

	/** Whether a limit has been reached: nothing more should be fetched. */
	get full(): boolean {
		return this.#rowCount >= this.limits.rows || this.#sizeBytes >= this.limits.bytes;
	}

	/** How many more rows the limit allows. */
	get room(): number {
		return Math.max(0, this.limits.rows - this.#rowCount);
	}

	add(batch: RowBatch): void {
		if (batch.rowCount === 0) return;
		this.#batches.push({ start: this.#rowCount, bytes: batch.rows });
		this.#rowCount += batch.rowCount;
		this.#sizeBytes += batch.rows.byteLength;
	}

	/** The row at a position counted from 0; `undefined` when it is not there. */
	row(position: number): Row | undefined {
		const batch = this.#batchOf(position);
		return batch === undefined ? undefined : this.#rowsOf(batch)[position - batch.start];
	}

	#batchOf(position: number): Batch | undefined {
		let low = 0;
		let high = this.#batches.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#batches[middle]!.start <= position) low = middle + 1;
			else high = middle;
		}
		return this.#batches[low - 1];
	}

	#rowsOf(batch: Batch): readonly Row[] {
		const rows = this.#decoded.get(batch) ?? decodeRows(batch.bytes);
		this.#decoded.delete(batch);
		this.#decoded.set(batch, rows);
		for (const oldest of this.#decoded.keys()) {
			if (this.#decoded.size <= DECODED) break;
			this.#decoded.delete(oldest);
		}
		return rows;
	}
}
