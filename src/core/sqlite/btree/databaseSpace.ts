import type { DatabaseObject, FaultList } from "./faults";
import {
	CHAIN_START,
	FREE,
	INTERIOR,
	LEAF_OF_INDEX,
	LEAF_OF_TABLE,
	LOCK_BYTE,
	type PageUses,
	POINTER_MAP,
	TRUNK,
} from "./pageUses";
import type { Tree } from "./treeWalk";

/** What a table or an index takes. */
export interface ObjectSpace {
	readonly object: DatabaseObject;
	/** Rows of a table, entries of an index. */
	readonly entries: number;
	readonly interiorPages: number;
	readonly leafPages: number;
	readonly overflowPages: number;
	/** What is stored: records with their headers. */
	readonly payloadBytes: number;
	/** Room on its pages that nothing is stored in. */
	readonly freeBytes: number;
	/** Whether something is wrong with one of its pages: then the numbers are of what could be read. */
	readonly damaged: boolean;
}

/** What the pages of a database are used for: together they are all of them. */
export interface DatabaseSpace {
	readonly pageSize: number;
	readonly pageCount: number;
	/** In the order of the schema, which is the first. */
	readonly objects: readonly ObjectSpace[];
	/** On the freelist, the pages that list others included. */
	readonly freePages: number;
	readonly pointerMapPages: number;
	/** 1 where the database is long enough to have it. */
	readonly lockBytePages: number;
	/** Pages that nothing leads to, of a damaged database alone. */
	readonly lostPages: number;
}

/** What takes the space in a state that has been read whole. */
export function databaseSpace(
	pageSize: number,
	{ use, parent, facts, pageCount }: PageUses,
	trees: readonly Tree[],
	{ damaged }: FaultList,
): DatabaseSpace {
	const objects = trees.map(({ object, entries, payloadBytes, freeBytes, hasRoot }) => ({
		object,
		entries,
		interiorPages: 0,
		leafPages: 0,
		overflowPages: 0,
		payloadBytes,
		freeBytes,
		damaged: !hasRoot || damaged.has(object),
	}));
	const rootTrees = new Map(trees.flatMap(({ object, hasRoot }, tree) => (hasRoot ? [[object.rootPage, tree]] : [])));
	/** What an interior page or a leaf belongs to. */
	const objectOf = (page: number) => {
		const above = use[page] === INTERIOR ? page : parent[page]!;
		return objects[above === 0 ? rootTrees.get(page)! : facts[above * 4]!]!;
	};
	let [freePages, pointerMapPages, lockBytePages, lostPages] = [0, 0, 0, 0];
	for (let page = 1; page <= pageCount; page++) {
		const is = use[page]!;
		if (is === INTERIOR) objectOf(page).interiorPages++;
		else if (is === LEAF_OF_TABLE || is === LEAF_OF_INDEX) objectOf(page).leafPages++;
		else if (is >= CHAIN_START) objectOf(parent[page]!).overflowPages++;
		else if (is === TRUNK || is === FREE) freePages++;
		else if (is === POINTER_MAP) pointerMapPages++;
		else if (is === LOCK_BYTE) lockBytePages++;
		else lostPages++;
	}
	return { pageSize, pageCount, objects, freePages, pointerMapPages, lockBytePages, lostPages };
}
