import { contentStart, coverageProblem, freeSpace, TWICE } from "./freeSpace";
import {
	INDEX_INTERIOR,
	INDEX_LEAF,
	localOfSpilled,
	type PageFormat,
	TABLE_INTERIOR,
	TABLE_LEAF,
	uint16,
	uint32,
} from "./pageFormat";
import { headerBytes, recordProblem } from "./record";
import { Varint } from "./varint";

/** SQLite knows no longer string, blob or row. Bytes. */
const MAX_PAYLOAD = 2 ** 31 - 1;

/**
 * Checks b-tree pages one by one, each for itself: its header, the list of its free blocks, every cell with its record's
 * header, the order of its rowids, and that cells, free blocks and fragments fill it without a byte used twice. What a
 * page refers to is in the fields until the next check. https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
export class PageCheck {
	/** The page's type byte. */
	kind = 0;
	/** How many cells it says it has. */
	cells = 0;
	/** Bytes of its cells' payload that are in the page itself. */
	localPayload = 0;
	/** Bytes that are free; 0 where it counts them wrong. */
	freeBytes = 0;
	/** Interior pages: how many of `children` there are; the last one has no key. */
	childCount = 0;
	readonly children: Uint32Array;
	/** Interior pages of tables: the rowid at each child but the last. */
	readonly keyHigh: Int32Array;
	readonly keyLow: Uint32Array;
	/**
	 * Cells whose payload goes on on overflow pages: how many there are; of each where its payload starts in the page, its
	 * bytes and how many of them are in the page, the first overflow page, and how many pages it takes.
	 */
	spilled = 0;
	readonly payloadStart: Uint32Array;
	readonly payloadBytes: Uint32Array;
	readonly localBytes: Uint32Array;
	readonly firstOverflow: Uint32Array;
	readonly overflowPages: Uint32Array;
	/** Whether even the header of one of their records goes on there. */
	headerSpills = false;
	/** Leaves of tables: the rowids of the first and the last cell. */
	firstHigh = 0;
	firstLow = 0;
	lastHigh = 0;
	lastLow = 0;

	readonly #format: PageFormat;
	/** For each place of the page where a cell or free block starts, its length. All zero between two checks. */
	readonly #spans: Uint16Array;
	readonly #varint = new Varint();
	#bytes: Uint8Array = new Uint8Array(0);
	#base = 0;
	#problem: string | undefined;
	/** Whether every cell has its place, so that what is left over can be counted. */
	#placed = true;

	constructor(format: PageFormat) {
		this.#format = format;
		this.#spans = new Uint16Array(format.pageSize);
		this.children = new Uint32Array(format.maxCells + 1);
		this.keyHigh = new Int32Array(format.maxCells);
		this.keyLow = new Uint32Array(format.maxCells);
		this.payloadStart = new Uint32Array(format.maxCells);
		this.payloadBytes = new Uint32Array(format.maxCells);
		this.localBytes = new Uint32Array(format.maxCells);
		this.firstOverflow = new Uint32Array(format.maxCells);
		this.overflowPages = new Uint32Array(format.maxCells);
	}

	get isLeaf(): boolean {
		return this.kind === TABLE_LEAF || this.kind === INDEX_LEAF;
	}

	get isTable(): boolean {
		return this.kind === TABLE_LEAF || this.kind === TABLE_INTERIOR;
	}

	/**
	 * Checks the page at `base` of `bytes`, whose b-tree header starts `header` bytes into it. Answers the first thing
	 * that is wrong as the end of a sentence that begins with the page, or `undefined`.
	 */
	check(bytes: Uint8Array, base: number, header: number): string | undefined {
		const { maxCells } = this.#format;
		const at = base + header;
		this.kind = bytes[at]!;
		this.cells = 0;
		this.localPayload = 0;
		this.freeBytes = 0;
		this.childCount = 0;
		this.spilled = 0;
		this.headerSpills = false;
		const leaf = this.isLeaf;
		if (!leaf && this.kind !== TABLE_INTERIOR && this.kind !== INDEX_INTERIOR) {
			return `is no b-tree page: it starts with ${this.kind}`;
		}
		const cells = uint16(bytes, at + 3);
		if (cells > maxCells) return `says it has ${cells} cells, more than fit a page`;
		this.cells = cells;
		this.#bytes = bytes;
		this.#base = base;
		this.#placed = true;
		const pointers = header + (leaf ? 8 : 12);
		const free = freeSpace(this.#format, bytes, base, header, pointers + 2 * cells);
		const spaceIsSound = typeof free === "number";
		this.#problem = spaceIsSound ? undefined : free;
		if (spaceIsSound) this.freeBytes = free;
		const from = spaceIsSound ? contentStart(bytes, at) : pointers;
		if (!leaf) {
			this.children.fill(0, 0, cells);
			this.children[cells] = uint32(bytes, at + 8);
			this.childCount = cells + 1;
		}
		switch (this.kind) {
			case TABLE_LEAF:
				this.#tableLeafCells(base + pointers, from);
				break;
			case TABLE_INTERIOR:
				this.#tableInteriorCells(base + pointers, from);
				break;
			default:
				this.#indexCells(base + pointers, from, leaf ? 0 : 4);
		}
		if (!this.#placed || !spaceIsSound) {
			this.#spans.fill(0);
			return this.#problem;
		}
		const uncovered = coverageProblem(this.#format, bytes, base, header, this.#spans, cells);
		return this.#problem ?? uncovered;
	}

	#note(problem: string): void {
		this.#problem ??= problem;
	}

	#misplaced(problem: string): void {
		this.#note(problem);
		this.#placed = false;
	}

	#tableLeafCells(pointers: number, content: number): void {
		const { usable, maxTableLocal } = this.#format;
		const { cells } = this;
		const [bytes, base, spans, varint] = [this.#bytes, this.#base, this.#spans, this.#varint];
		let [lastHigh, lastLow] = [0, 0];
		let used = 0;
		for (let cell = 0; cell < cells; cell++) {
			const pointer = pointers + 2 * cell;
			const start = (bytes[pointer]! << 8) | bytes[pointer + 1]!;
			if (start < content || start > usable - 4) {
				this.#misplaced(`has cell ${cell} at byte ${start}, outside of its cell content area`);
				continue;
			}
			let at = base + start;
			let payload = bytes[at++]!;
			if (payload >= 0x80) {
				const second = bytes[at]!;
				if (second < 0x80) {
					payload = ((payload & 0x7f) << 7) | second;
					at++;
				} else {
					at = varint.read(bytes, at - 1);
					payload = varint.high === 0 ? varint.low : MAX_PAYLOAD + 1;
				}
			}
			let high = 0;
			let low = bytes[at]!;
			if (low < 0x80) at++;
			else {
				at = varint.read(bytes, at);
				high = varint.high;
				low = varint.low;
			}
			const local = payload <= maxTableLocal ? payload : localOfSpilled(this.#format, payload, maxTableLocal);
			const size = at + local - base - start + (local === payload ? 0 : 4);
			if (start + size > usable) {
				this.#misplaced(`has a cell ${cell} that reaches beyond its end`);
				continue;
			}
			spans[start] = size < 4 ? 4 : size;
			// However often a lying page repeats a cell, no byte is read much more than once.
			used += size;
			if (used > usable) {
				this.#misplaced(TWICE);
				break;
			}
			this.localPayload += local;
			if (cell === 0) {
				this.firstHigh = high;
				this.firstLow = low;
			} else if (high < lastHigh || (high === lastHigh && low <= lastLow)) {
				this.#note(`has rowids out of order at cell ${cell}`);
			}
			lastHigh = high;
			lastLow = low;
			const problem = recordProblem(bytes, at, local, payload);
			if (problem !== undefined) this.#note(`has a record in cell ${cell} that ${problem}`);
			if (local !== payload) this.#spill(cell, at, local, payload);
		}
		this.lastHigh = lastHigh;
		this.lastLow = lastLow;
	}

	#tableInteriorCells(pointers: number, content: number): void {
		const { usable } = this.#format;
		const { cells, children, keyHigh, keyLow } = this;
		const [bytes, base, varint] = [this.#bytes, this.#base, this.#varint];
		for (let cell = 0; cell < cells; cell++) {
			const start = uint16(bytes, pointers + 2 * cell);
			if (start < content || start > usable - 4) {
				this.#misplaced(`has cell ${cell} at byte ${start}, outside of its cell content area`);
				continue;
			}
			const size = varint.read(bytes, base + start + 4) - base - start;
			if (start + size > usable) {
				this.#misplaced(`has a cell ${cell} that reaches beyond its end`);
				continue;
			}
			this.#spans[start] = size;
			children[cell] = uint32(bytes, base + start);
			keyHigh[cell] = varint.high;
			keyLow[cell] = varint.low;
		}
	}

	/** `childBytes`: what stands before a cell's payload, 4 on interior pages. */
	#indexCells(pointers: number, content: number, childBytes: number): void {
		const { usable, maxIndexLocal } = this.#format;
		const { cells, children } = this;
		let used = 0;
		const [bytes, base, spans, varint] = [this.#bytes, this.#base, this.#spans, this.#varint];
		for (let cell = 0; cell < cells; cell++) {
			const pointer = pointers + 2 * cell;
			const start = (bytes[pointer]! << 8) | bytes[pointer + 1]!;
			if (start < content || start > usable - 4) {
				this.#misplaced(`has cell ${cell} at byte ${start}, outside of its cell content area`);
				continue;
			}
			let at = base + start + childBytes;
			let payload = bytes[at++]!;
			if (payload >= 0x80) {
				at = varint.read(bytes, at - 1);
				payload = varint.high === 0 ? varint.low : MAX_PAYLOAD + 1;
			}
			const local = payload <= maxIndexLocal ? payload : localOfSpilled(this.#format, payload, maxIndexLocal);
			const size = at + local - base - start + (local === payload ? 0 : 4);
			if (start + size > usable) {
				this.#misplaced(`has a cell ${cell} that reaches beyond its end`);
				continue;
			}
			spans[start] = size < 4 ? 4 : size;
			// However often a lying page repeats a cell, no byte is read much more than once.
			used += size;
			if (used > usable) {
				this.#misplaced(TWICE);
				break;
			}
			this.localPayload += local;
			if (childBytes > 0) children[cell] = uint32(bytes, base + start);
			const problem = recordProblem(bytes, at, local, payload);
			if (problem !== undefined) this.#note(`has a record in cell ${cell} that ${problem}`);
			if (local !== payload) this.#spill(cell, at, local, payload);
		}
	}

	#spill(cell: number, at: number, local: number, payload: number): void {
		if (payload > MAX_PAYLOAD) this.#note(`has a payload in cell ${cell} that is longer than SQLite allows`);
		const n = this.spilled++;
		this.payloadStart[n] = at - this.#base;
		this.payloadBytes[n] = payload;
		this.localBytes[n] = local;
		this.firstOverflow[n] = uint32(this.#bytes, at + local);
		this.overflowPages[n] = Math.ceil((payload - local) / (this.#format.usable - 4));
		if (headerBytes(this.#bytes, at) > local) this.headerSpills = true;
	}
}
