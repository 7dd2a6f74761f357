import { type CheckedState, claimFor } from "./checkedState";
import { PageCheck } from "./pageCheck";
import { headerOffset, INDEX_LEAF, TABLE_LEAF } from "./pageFormat";
import { CHAIN_TO_FOLLOW, INTERIOR, LEAF_OF_INDEX, LEAF_OF_TABLE, UNUSED } from "./pageUses";
import type { SchemaObject } from "./schemaObjects";
import { treeHeight } from "./treeHeight";
import { toDigits } from "./varint";

/** A b-tree of the database, as far as it has been walked. */
export interface Tree extends SchemaObject {
	/** Rows of a table, or entries of an index. */
	entries: number;
	/** Of its cells, as far as they have been read in this state, overflow pages included. */
	payloadBytes: number;
	/** Free bytes of the pages that have been read in this state. */
	freeBytes: number;
	/** Whether its root is what the schema says. */
	hasRoot: boolean;
}

/** Rowids of a subtree: both bounds belong to it. */
type Bounds = readonly [lowHigh: number, lowLow: number, highHigh: number, highLow: number];

const ALL_ROWIDS: Bounds = [-(2 ** 31), 0, 2 ** 31 - 1, 2 ** 32 - 1];

/**
 * Goes through b-trees from the root. Interior pages are read on the way. Leaves that are as they were are not read: what
 * is known of them is compared with the bounds that their parents set. Others are read at once, or left to
 * `checkPending`, which takes them in file order.
 */
export class TreeWalk {
	readonly trees: Tree[] = [];
	/** Pages with a record whose header goes on on overflow pages. */
	readonly headerSpills: number[] = [];
	readonly #state: CheckedState;
	readonly #page: PageCheck;

	constructor(state: CheckedState) {
		this.#state = state;
		this.#page = new PageCheck(state.format);
	}

	/**
	 * Walks one tree. `later`: whether leaves are left for `checkPending`. `leaves` is given the tree's leaves, in the order
	 * of its keys.
	 */
	walk(named: SchemaObject, later: boolean, leaves?: number[]): void {
		const { uses, faults, reader } = this.#state;
		this.#state.step();
		const { kind, object } = named;
		const { rootPage } = object;
		const tree = this.trees.push({ ...named, entries: 0, payloadBytes: 0, freeBytes: 0, hasRoot: false }) - 1;
		if (uses.use[rootPage] !== UNUSED) {
			const root = `the root of ${object.type} ${object.name}`;
			faults.add(rootPage, `is ${uses.name(rootPage)}, and the schema names it as ${root}`);
			return;
		}
		const page = this.#page;
		const problem = page.check(reader.page(rootPage), 0, headerOffset(rootPage));
		uses.claim(rootPage, page.isLeaf ? (page.isTable ? LEAF_OF_TABLE : LEAF_OF_INDEX) : INTERIOR, 0);
		if (!page.isLeaf) uses.facts[rootPage * 4] = tree;
		this.trees[tree]!.hasRoot = true;
		if (kind !== undefined && page.isTable !== (kind === "table")) {
			uses.markRead(rootPage);
			faults.add(rootPage, problem ?? `is a page of ${page.isTable ? "a table" : "an index"}`);
			return;
		}
		if (page.isLeaf) {
			leaves?.push(rootPage);
			this.#setBounds(rootPage, ALL_ROWIDS);
			this.#takeLeaf(rootPage, tree, problem);
			return;
		}
		const height = treeHeight(this.#state, rootPage, page.isTable);
		if (height === undefined) {
			faults.add(rootPage, problem ?? "is the root of a tree that leads to no leaf");
			return;
		}
		this.#interior({ tree, isTable: page.isTable, later, leaves }, rootPage, height, ALL_ROWIDS);
	}

	/**
	 * Reads the leaves that were left, in file order, and on the way where each page that may be an overflow page goes on.
	 * Halts after each piece.
	 */
	*checkPending(): Generator<void, void> {
		const { uses, reader, format, step } = this.#state;
		const { pagesPerPiece } = reader;
		for (let first = 1; first <= uses.pageCount; first += pagesPerPiece) {
			const pages = Math.min(pagesPerPiece, uses.pageCount + 1 - first);
			const bytes = reader.piece(first, pages);
			for (let n = 0; n < pages; n++) {
				const page = first + n;
				const use = uses.use[page]!;
				if (!uses.isUnknown(page)) continue;
				step();
				if (use === LEAF_OF_TABLE || use === LEAF_OF_INDEX) {
					const problem = this.#page.check(bytes, n * format.pageSize, 0);
					this.#takeLeaf(page, uses.facts[uses.parent[page]! * 4]!, problem);
				} else if (use === UNUSED || use === CHAIN_TO_FOLLOW) {
					const at = n * format.pageSize;
					uses.setNext(page, (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
				}
			}
			yield;
		}
	}

	/** A page that has been claimed. `height`: how far the leaves are below it, at least 1. */
	#interior(walk: Walk, number: number, height: number, [lowHigh, lowLow, highHigh, highLow]: Bounds): void {
		const { faults, reader, step } = this.#state;
		step();
		const page = this.#page;
		const problem = page.check(reader.page(number), 0, headerOffset(number));
		if (problem !== undefined) faults.add(number, problem);
		if (page.childCount === 0 || page.isTable !== walk.isTable) {
			if (problem === undefined) faults.add(number, wrongPlace(page, walk.isTable));
			return;
		}
		if (page.cells === 0 && number !== 1) faults.add(number, "has no cells");
		if (!walk.isTable) this.trees[walk.tree]!.entries += page.cells;
		this.#claimChains(number, walk.tree);
		const children = page.children.slice(0, page.childCount);
		const keyHigh = page.keyHigh.slice(0, page.cells);
		const keyLow = page.keyLow.slice(0, page.cells);
		let [fromHigh, fromLow] = [lowHigh, lowLow];
		for (let n = 0; n < children.length; n++) {
			let [toHigh, toLow] = [highHigh, highLow];
			if (walk.isTable && n < keyHigh.length) {
				[toHigh, toLow] = [keyHigh[n]!, keyLow[n]!];
				const inOrder = !isAfter(fromHigh, fromLow, toHigh, toLow) && isAfter(highHigh, highLow, toHigh, toLow);
				if (!inOrder) faults.add(number, `has rowid ${toDigits(toHigh, toLow)} in cell ${n}, out of order`);
			}
			const child = children[n]!;
			// A cell without a place has been reported, and leads nowhere.
			if (child !== 0 || problem === undefined)
				this.#child(walk, child, number, height - 1, [fromHigh, fromLow, toHigh, toLow]);
			fromLow = (toLow + 1) >>> 0;
			fromHigh = fromLow === 0 ? toHigh + 1 : toHigh;
		}
	}

	#child(walk: Walk, child: number, parent: number, height: number, bounds: Bounds): void {
		const { uses, reader } = this.#state;
		const use = height > 0 ? INTERIOR : walk.isTable ? LEAF_OF_TABLE : LEAF_OF_INDEX;
		if (!claimFor(this.#state, child, use, parent)) return;
		if (height > 0) {
			uses.facts[child * 4] = walk.tree;
			this.#interior(walk, child, height, bounds);
			return;
		}
		walk.leaves?.push(child);
		if (uses.isKeptLeaf(child)) {
			this.trees[walk.tree]!.entries += uses.cells[child]!;
			if (walk.isTable) this.#compareBounds(child, bounds);
			return;
		}
		this.#setBounds(child, bounds);
		if (walk.later) return;
		this.#state.step();
		this.#takeLeaf(child, walk.tree, this.#page.check(reader.page(child), 0, 0));
	}

	/** Takes down what the check of a leaf, just done, has found; its bounds are among the facts. */
	#takeLeaf(number: number, tree: number, problem: string | undefined): void {
		const { uses, faults } = this.#state;
		const { facts } = uses;
		const page = this.#page;
		const isTable = uses.use[number] === LEAF_OF_TABLE;
		uses.markRead(number);
		uses.cells[number] = page.cells;
		this.trees[tree]!.entries += page.cells;
		this.#claimChains(number, tree);
		if (problem !== undefined) faults.add(number, problem);
		else if (page.kind !== (isTable ? TABLE_LEAF : INDEX_LEAF)) faults.add(number, wrongPlace(page, isTable));
		else if (page.cells === 0 && uses.parent[number] !== 0) faults.add(number, "has no cells");
		else if (isTable && page.cells > 0) {
			const at = number * 4;
			const bounds = [facts[at]!, facts[at + 1]! >>> 0, facts[at + 2]!, facts[at + 3]! >>> 0] as const;
			facts[at] = page.firstHigh;
			facts[at + 1] = page.firstLow;
			facts[at + 2] = page.lastHigh;
			facts[at + 3] = page.lastLow;
			this.#compareBounds(number, bounds);
		}
	}

	#compareBounds(number: number, [lowHigh, lowLow, highHigh, highLow]: Bounds): void {
		const { uses, faults } = this.#state;
		const { facts } = uses;
		const at = number * 4;
		const [firstHigh, firstLow] = [facts[at]!, facts[at + 1]! >>> 0];
		const [lastHigh, lastLow] = [facts[at + 2]!, facts[at + 3]! >>> 0];
		if (isAfter(lowHigh, lowLow, firstHigh, firstLow)) {
			faults.add(number, `has rowid ${toDigits(firstHigh, firstLow)}, below those that its parent page gives it`);
		} else if (isAfter(lastHigh, lastLow, highHigh, highLow)) {
			faults.add(number, `has rowid ${toDigits(lastHigh, lastLow)}, above those that its parent page gives it`);
		}
	}

	#setBounds(page: number, [lowHigh, lowLow, highHigh, highLow]: Bounds): void {
		const { facts } = this.#state.uses;
		const at = page * 4;
		facts[at] = lowHigh;
		facts[at + 1] = lowLow;
		facts[at + 2] = highHigh;
		facts[at + 3] = highLow;
	}

	/** Gives the overflow pages that the page just checked begins to use, and counts its bytes. */
	#claimChains(number: number, tree: number): void {
		const { spilled, firstOverflow, overflowPages, headerSpills, payloadBytes, localBytes } = this.#page;
		const { uses, format } = this.#state;
		if (headerSpills) this.headerSpills.push(number);
		let payload = this.#page.localPayload;
		let free = this.#page.freeBytes;
		for (let n = 0; n < spilled; n++) {
			const first = firstOverflow[n]!;
			if (!claimFor(this.#state, first, CHAIN_TO_FOLLOW, number)) continue;
			uses.facts[first * 4 + 1] = overflowPages[n]!;
			const elsewhere = payloadBytes[n]! - localBytes[n]!;
			payload += elsewhere;
			free += overflowPages[n]! * (format.usable - 4) - elsewhere;
		}
		this.trees[tree]!.payloadBytes += payload;
		this.trees[tree]!.freeBytes += free;
	}
}

/** What stays the same while one tree is walked. */
interface Walk {
	readonly tree: number;
	readonly isTable: boolean;
	readonly later: boolean;
	readonly leaves: number[] | undefined;
}

function wrongPlace(page: PageCheck, inTable: boolean): string {
	if (page.isTable !== inTable)
		return `is a page of ${page.isTable ? "a table" : "an index"} in the tree of another kind`;
	return `is ${page.isLeaf ? "a leaf" : "an interior page"} at another depth than the tree's leaves have`;
}

function isAfter(high: number, low: number, otherHigh: number, otherLow: number): boolean {
	return high > otherHigh || (high === otherHigh && low > otherLow);
}
