import type { DatabaseObject } from "./faults";
import { CHAIN_START, INTERIOR, LEAF_OF_INDEX, LEAF_OF_TABLE, type PageUses } from "./pageUses";
import type { Tree } from "./treeWalk";

/** How many pages of each kind a table or an index takes. */
export interface ObjectPages {
	readonly object: DatabaseObject;
	/** Rows of a table, entries of an index. */
	readonly entries: number;
	readonly interiorPages: number;
	readonly leafPages: number;
	readonly overflowPages: number;
}

/** What the trees of a sound state take, in their order. */
export function objectPages({ use, parent, facts, pageCount }: PageUses, trees: readonly Tree[]): ObjectPages[] {
	const counts = trees.map(({ object, entries }) => ({
		object,
		entries,
		interiorPages: 0,
		leafPages: 0,
		overflowPages: 0,
	}));
	const leafRoots = new Map(trees.map(({ object }, tree) => [object.rootPage, tree]));
	/** The tree of an interior page or a leaf. */
	const treeOf = (page: number): number => {
		if (use[page] === INTERIOR) return facts[page * 4]!;
		return parent[page] === 0 ? leafRoots.get(page)! : facts[parent[page]! * 4]!;
	};
	for (let page = 1; page <= pageCount; page++) {
		const is = use[page]!;
		if (is === INTERIOR) counts[treeOf(page)]!.interiorPages++;
		else if (is === LEAF_OF_TABLE || is === LEAF_OF_INDEX) counts[treeOf(page)]!.leafPages++;
		else if (is >= CHAIN_START) counts[treeOf(parent[page]!)]!.overflowPages++;
	}
	return counts;
}
