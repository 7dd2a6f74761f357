import { parseDatabaseHeader } from "../databaseHeader";
import type { CheckedImage } from "./databaseCheck";
import { PageCheck } from "./pageCheck";
import { headerOffset, type PageFormat, pageFormat, TABLE_INTERIOR, TABLE_LEAF, uint16 } from "./pageFormat";
import { PageReader } from "./pageReader";
import { treeHeight } from "./treeHeight";
import { toBigInt, Varint } from "./varint";

/** Rows in a row, or a stretch of rowids where none can be read. */
export type TablePart = SoundRows | LostRows;

export interface SoundRows {
	readonly sound: true;
	/** Rowids of the first and the last one. */
	readonly first: bigint;
	readonly last: bigint;
	readonly rows: number;
}

export interface LostRows {
	readonly sound: false;
	/** The page that is damaged. */
	readonly page: number;
	/** The rowids that rows there can have; both belong to it. */
	readonly first: bigint;
	readonly last: bigint;
	/** What is wrong, as the end of a sentence that begins with the page. */
	readonly problem: string;
}

const LEAST_ROWID = -(2n ** 63n);
const MOST_ROWID = 2n ** 63n - 1n;

/**
 * The rows of a table with rowids as far as the pages that hold them and lead to them are sound, in the order of the
 * rowids, with what is lost between them. Pages are read as they are come to. What lies below a page that no longer says
 * what it leads to is lost. Values are not looked at.
 */
export function* tableParts(image: CheckedImage, rootPage: number): Generator<TablePart, void> {
	yield* new TableParts(image).from(rootPage);
}

class TableParts {
	readonly #format: PageFormat;
	readonly #reader: PageReader;
	readonly #page: PageCheck;
	readonly #pageCount: number;
	/** No sound table has more overflow pages than the database has pages. */
	#overflowLeft: number;

	constructor(image: CheckedImage) {
		const header = new Uint8Array(100);
		image.readInto(header, 0);
		this.#format = pageFormat(image.pageSize, parseDatabaseHeader(header).reservedBytes);
		this.#reader = new PageReader(image, image.pageSize);
		this.#page = new PageCheck(this.#format);
		this.#pageCount = image.pageCount;
		this.#overflowLeft = image.pageCount;
	}

	*from(root: number): Generator<TablePart, void> {
		const whole = { page: root, first: LEAST_ROWID, last: MOST_ROWID };
		if (root < 1 || root > this.#pageCount) {
			yield { sound: false, ...whole, problem: "is not in the database" };
			return;
		}
		if (this.#reader.page(root)[headerOffset(root)] === TABLE_LEAF) {
			yield* this.#leaf(root, LEAST_ROWID, MOST_ROWID, true);
			return;
		}
		const pages = { reader: this.#reader, format: this.#format, uses: { pageCount: this.#pageCount } };
		const height = treeHeight(pages, root, true);
		if (height === undefined) yield { sound: false, ...whole, problem: "is the root of a tree that leads to no leaf" };
		else yield* this.#interior(root, height, LEAST_ROWID, MOST_ROWID);
	}

	/** `height`: how far the leaves are below it. */
	*#interior(number: number, height: number, first: bigint, last: bigint): Generator<TablePart, void> {
		const page = this.#page;
		const problem = page.check(this.#reader.page(number), 0, headerOffset(number));
		if (page.kind !== TABLE_INTERIOR || page.childCount === 0 || (page.cells === 0 && number !== 1)) {
			yield { sound: false, page: number, first, last, problem: problem ?? "is no interior page of a table" };
			return;
		}
		const children = page.children.slice(0, page.childCount);
		const keys = Array.from({ length: page.cells }, (_, n) => toBigInt(page.keyHigh[n]!, page.keyLow[n]!));
		let from = first;
		for (const [n, child] of children.entries()) {
			const to = keys[n] ?? last;
			if (to < from || to > last) {
				yield { sound: false, page: number, first: from, last, problem: `has rowid ${to} in cell ${n}, out of order` };
				continue;
			}
			if (child < 1 || child > this.#pageCount) {
				const wrong = problem ?? `refers to page ${child}, which the database does not have`;
				yield { sound: false, page: number, first: from, last: to, problem: wrong };
			} else if (height > 1) yield* this.#interior(child, height - 1, from, to);
			else yield* this.#leaf(child, from, to, false);
			from = to + 1n;
		}
	}

	*#leaf(number: number, first: bigint, last: bigint, isRoot: boolean): Generator<TablePart, void> {
		const page = this.#page;
		const bytes = this.#reader.page(number);
		const problem = page.check(bytes, 0, headerOffset(number)) ?? this.#leafProblem(first, last, isRoot);
		if (problem !== undefined) {
			yield { sound: false, page: number, first, last, problem };
			return;
		}
		if (page.cells === 0) return;
		const broken = this.#brokenChains();
		if (broken.size > 0) yield* this.#around(number, bytes, broken);
		else {
			const [from, to] = [toBigInt(page.firstHigh, page.firstLow), toBigInt(page.lastHigh, page.lastLow)];
			yield { sound: true, first: from, last: to, rows: page.cells };
		}
	}

	/** What is wrong with a leaf at its place in the tree. */
	#leafProblem(first: bigint, last: bigint, isRoot: boolean): string | undefined {
		const page = this.#page;
		if (page.kind !== TABLE_LEAF) return "is no leaf of a table";
		if (page.cells === 0) return isRoot ? undefined : "has no cells";
		if (toBigInt(page.firstHigh, page.firstLow) < first || toBigInt(page.lastHigh, page.lastLow) > last) {
			return "has other rowids than its parent page gives it";
		}
		return undefined;
	}

	/** What is wrong with overflow chains of the leaf just checked, by where in the page their payload starts. */
	#brokenChains(): Map<number, string> {
		const { spilled, payloadStart, firstOverflow, overflowPages } = this.#page;
		const broken = new Map<number, string>();
		for (let n = 0; n < spilled; n++) {
			const problem = this.#chainProblem(firstOverflow[n]!, overflowPages[n]!);
			if (problem !== undefined) broken.set(payloadStart[n]!, problem);
		}
		return broken;
	}

	#chainProblem(first: number, pages: number): string | undefined {
		let page = first;
		for (let found = 0; found < pages; found++) {
			if (page === 0) return `has an overflow chain that ends after ${found} of ${pages} pages`;
			if (page > this.#pageCount) return `has an overflow chain that leads to page ${page}, which there is not`;
			if (this.#overflowLeft-- <= 0) return "has an overflow chain through pages that others use";
			page = this.#reader.link(page);
		}
		return page === 0 ? undefined : `has an overflow chain of ${pages} pages that goes on to page ${page}`;
	}

	/** The rows of a sound leaf around those whose overflow chains are broken. */
	*#around(number: number, bytes: Uint8Array, broken: ReadonlyMap<number, string>): Generator<TablePart, void> {
		const varint = new Varint();
		const pointers = headerOffset(number) + 8;
		let sound: { first: bigint; last: bigint; rows: number } | undefined;
		const cells = this.#page.cells;
		for (let cell = 0; cell < cells; cell++) {
			const at = varint.read(bytes, uint16(bytes, pointers + 2 * cell));
			const payload = varint.read(bytes, at);
			const rowid = toBigInt(varint.high, varint.low);
			const problem = broken.get(payload);
			if (problem === undefined) {
				sound = { first: sound?.first ?? rowid, last: rowid, rows: (sound?.rows ?? 0) + 1 };
				continue;
			}
			if (sound) yield { sound: true, ...sound };
			sound = undefined;
			yield { sound: false, page: number, first: rowid, last: rowid, problem };
		}
		if (sound) yield { sound: true, ...sound };
	}
}
