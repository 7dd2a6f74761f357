import { lockBytePage } from "../pageSize";

/** What a page is for. */
export const UNUSED = 0;
export const LOCK_BYTE = 1;
export const POINTER_MAP = 2;
/** A page of the freelist that lists others, and one that is listed. */
export const TRUNK = 3;
export const FREE = 4;
export const INTERIOR = 5;
export const LEAF_OF_TABLE = 6;
export const LEAF_OF_INDEX = 7;
/** The first page of an overflow chain that is still to be followed, and of one that has been. */
export const CHAIN_TO_FOLLOW = 8;
export const CHAIN_START = 9;
export const CHAIN = 10;

const NAMES: readonly string[] = [
	"unused",
	"the lock-byte page",
	"a page of the pointer map",
	"a page of the freelist",
	"a free page",
	"an interior page of a b-tree",
	"a leaf of a table",
	"a leaf of an index",
	"an overflow page",
	"an overflow page",
	"an overflow page",
];

/** How well a page's content is known: not at all, from the state before, since it has been read in this one. */
const UNKNOWN = 0;
const KEPT = 1;
const READ = 2;

const SLOTS = 4;

/**
 * What each page of a database is used for, by whom, and what is remembered of it from one state of the database to the
 * next: 25 bytes for each page.
 */
export class PageUses {
	pageCount = 0;
	/** In this state. */
	use = new Uint8Array(1);
	/** In the state before. */
	#before = new Uint8Array(1);
	#knowledge = new Uint8Array(1);
	/** The page that refers to it: 0 for the root of a tree and on the freelist, for all of an overflow chain the page of its cell. */
	parent = new Uint32Array(1);
	/** Leaves: how many cells. */
	cells = new Uint16Array(1);
	/**
	 * Four for each page. Leaf of a table: the halves of its first and of its last rowid or, while it is not known, of the
	 * bounds that its parents set. Interior page: the number of its tree. Overflow page: the next one, and at
	 * `CHAIN_TO_FOLLOW` how many there should be.
	 */
	facts = new Int32Array(SLOTS);
	/** Pairs of a page that has been given a use and the unchanged page that had it on an overflow chain before. */
	#contested: number[] = [];

	/** Starts with a state of which nothing is known. */
	clear(pageCount: number): void {
		this.#resize(pageCount);
		this.use.fill(UNUSED);
		this.#before.fill(UNUSED);
		this.#knowledge.fill(UNKNOWN);
		this.#contested = [];
	}

	/** Goes on to the next state, in which these pages may be others. */
	advance(pageCount: number, changed: Iterable<number>): void {
		const count = this.pageCount;
		this.#resize(pageCount);
		const knowledge = this.#knowledge;
		for (let page = 1; page <= count; page++) if (knowledge[page] === READ) knowledge[page] = KEPT;
		for (let page = pageCount + 1; page <= count; page++) this.#forget(page);
		for (const page of changed) if (page >= 1 && page <= count) this.#forget(page);
		if (count < pageCount) knowledge.fill(UNKNOWN, count + 1, pageCount + 1);
		[this.use, this.#before] = [this.#before, this.use];
		this.use.fill(UNUSED);
		this.#contested = [];
	}

	/** Marks the pages that SQLite keeps for itself. `pagesPerMap`: how far the pages of the pointer map lie apart, if it has one. */
	reserve(pageSize: number, pagesPerMap: number | undefined): void {
		const lockPage = lockBytePage(pageSize);
		if (pagesPerMap !== undefined) {
			for (let page = 2; page <= this.pageCount; page += pagesPerMap) {
				const map = page === lockPage ? page + 1 : page;
				if (map <= this.pageCount) this.use[map] = POINTER_MAP;
			}
		}
		if (lockPage <= this.pageCount) this.use[lockPage] = LOCK_BYTE;
	}

	/** Gives a page from 1 to `pageCount` a use; answers `false`, and changes nothing, when it has one already. */
	claim(page: number, use: number, parent: number): boolean {
		if (this.use[page] !== UNUSED) return false;
		if (this.#wasOverflow(page)) {
			const owner = this.parent[page]!;
			if (owner !== parent && this.#knowledge[owner] === KEPT) this.#contested.push(page, owner);
		}
		this.use[page] = use;
		this.parent[page] = parent;
		return true;
	}

	/**
	 * Gives the overflow pages of leaves that are as they were the use that they had, once all trees have their pages.
	 * `taken` is told of those that meanwhile have another one, with their leaf.
	 */
	keepChains(taken: (page: number, leaf: number) => void): void {
		const contested = this.#contested;
		for (let n = 0; n < contested.length; n += 2) {
			if (this.isKeptLeaf(contested[n + 1]!)) taken(contested[n]!, contested[n + 1]!);
		}
		const { use, parent, pageCount } = this;
		const before = this.#before;
		for (let page = 1; page <= pageCount; page++) {
			if (before[page]! < CHAIN_START || use[page] !== UNUSED) continue;
			if (this.#knowledge[page] === KEPT && this.isKeptLeaf(parent[page]!)) use[page] = before[page]!;
		}
	}

	/** What a page is used for, in words. */
	name(page: number): string {
		return NAMES[this.use[page]!]!;
	}

	/** Whether a page belongs to a b-tree, as one of its pages or with the payload of a cell. */
	isOfTree(page: number): boolean {
		return page >= 1 && page <= this.pageCount && this.use[page]! >= INTERIOR;
	}

	/** Whether nothing is known of a page's content. */
	isUnknown(page: number): boolean {
		return this.#knowledge[page] === UNKNOWN;
	}

	/** Whether a page is a leaf of the same kind as in the state before, unchanged. */
	isKeptLeaf(page: number): boolean {
		const use = this.use[page];
		return (
			this.#knowledge[page] === KEPT && use === this.#before[page] && (use === LEAF_OF_TABLE || use === LEAF_OF_INDEX)
		);
	}

	/** Takes down that a page has been read. */
	markRead(page: number): void {
		this.#knowledge[page] = READ;
	}

	/** Takes down which page follows one that is, or may turn out to be, an overflow page. */
	setNext(page: number, next: number): void {
		this.facts[page * SLOTS] = next;
		this.#knowledge[page] = READ;
	}

	/** The page that follows an overflow page; `undefined` where its content is not known. */
	next(page: number): number | undefined {
		if (this.#knowledge[page] !== READ && !this.#wasOverflow(page)) return undefined;
		return this.facts[page * SLOTS]! >>> 0;
	}

	/** Whether a page was on an overflow chain in the state before and is unchanged. */
	#wasOverflow(page: number): boolean {
		return this.#before[page]! >= CHAIN_START && this.#knowledge[page] === KEPT;
	}

	/** Before the uses are those of the new state. */
	#forget(page: number): void {
		this.#knowledge[page] = UNKNOWN;
		// A leaf is read again with every page of its overflow chains.
		if (this.use[page]! >= CHAIN_START) this.#knowledge[this.parent[page]!] = UNKNOWN;
	}

	#resize(pageCount: number): void {
		this.pageCount = pageCount;
		if (pageCount < this.use.length) return;
		const length = pageCount + (pageCount >>> 4) + 1;
		this.use = grown(this.use, new Uint8Array(length));
		this.#before = grown(this.#before, new Uint8Array(length));
		this.#knowledge = grown(this.#knowledge, new Uint8Array(length));
		this.parent = grown(this.parent, new Uint32Array(length));
		this.cells = grown(this.cells, new Uint16Array(length));
		this.facts = grown(this.facts, new Int32Array(length * SLOTS));
	}
}

function grown<Numbers extends { set(from: Numbers): void }>(from: Numbers, to: Numbers): Numbers {
	to.set(from);
	return to;
}
