import type { RowBatch } from "../../protocol/engine";
import { decodeRows } from "../../protocol/rows";
import type { Row } from "../../protocol/values";

/** Rows that are fetched together. */
const BLOCK = 128;

/** A stretch of rows that is not here. */
export interface MissingRows {
	readonly first: number;
	readonly count: number;
}

interface Block {
	readonly rows: readonly Row[];
	readonly sizeBytes: number;
}

/** Rows of a table by their positions, those that were looked at last, as many as there is room for. */
export class RowCache {
	/** By number, least recently used first. A block's rows may end early: the others have not come. */
	readonly #blocks = new Map<number, Block>();
	#sizeBytes = 0;

	constructor(private readonly maxBytes = 16 << 20) {}

	/** Of all blocks, as they came. */
	get sizeBytes(): number {
		return this.#sizeBytes;
	}

	row(position: number): Row | undefined {
		const number = Math.floor(position / BLOCK);
		return this.#blocks.get(number)?.rows[position - number * BLOCK];
	}

	/** The first stretch of these rows, of which there are `rowCount`, that is to be fetched; `undefined` when all are here. */
	missing(first: number, endExclusive: number, rowCount: number): MissingRows | undefined {
		const end = Math.min(endExclusive, rowCount);
		for (let number = Math.floor(Math.max(0, first) / BLOCK); number * BLOCK < end; number++) {
			const start = number * BLOCK;
			const here = this.#use(number)?.rows.length ?? 0;
			const count = Math.min(BLOCK, rowCount - start);
			// A row that is here is enough of a block whose last rows nobody looks at.
			if (here < Math.min(count, end - start)) return { first: start + here, count: count - here };
		}
		return undefined;
	}

	/** Takes in what was answered for a stretch that was missing: its first rows, or all. */
	add({ first }: MissingRows, batch: RowBatch): void {
		const number = Math.floor(first / BLOCK);
		const before = this.#blocks.get(number);
		const rows = [...(before?.rows ?? []), ...decodeRows(batch.rows)];
		const sizeBytes = (before?.sizeBytes ?? 0) + batch.rows.byteLength;
		this.#blocks.delete(number);
		this.#blocks.set(number, { rows, sizeBytes });
		this.#sizeBytes += batch.rows.byteLength;
		for (const [oldest, block] of this.#blocks) {
			// What is on the screen stays, however large.
			if (this.#sizeBytes <= this.maxBytes || this.#blocks.size <= 3) break;
			this.#blocks.delete(oldest);
			this.#sizeBytes -= block.sizeBytes;
		}
	}

	clear(): void {
		this.#blocks.clear();
		this.#sizeBytes = 0;
	}

	#use(number: number): Block | undefined {
		const block = this.#blocks.get(number);
		if (block !== undefined) {
			this.#blocks.delete(number);
			this.#blocks.set(number, block);
		}
		return block;
	}
}
