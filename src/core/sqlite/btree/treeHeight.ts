import type { CheckedState } from "./checkedState";
import { headerOffset, INDEX_INTERIOR, INDEX_LEAF, TABLE_INTERIOR, TABLE_LEAF, uint16, uint32 } from "./pageFormat";

/** SQLite goes no deeper. */
const MAX_HEIGHT = 20;

/** A database whose trees are looked at. */
type Pages = Pick<CheckedState, "reader" | "format"> & { readonly uses: { readonly pageCount: number } };

/**
 * How far the leaves of a tree are below its root, where that is an interior page: what its first, its last and one of
 * its other leaves say, or most of them. `undefined` where no way leads to a leaf.
 */
export function treeHeight(state: Pages, root: number, isTable: boolean): number | undefined {
	const first = heightAlong(state, root, isTable, () => 0);
	const last = heightAlong(state, root, isTable, (cells) => cells);
	if (first !== undefined && first === last) return first;
	const middle = heightAlong(state, root, isTable, (cells) => cells >> 1);
	if (middle !== undefined && (middle === first || middle === last)) return middle;
	return first ?? last ?? middle;
}

/** The height along the child that `pick` takes of a page with so many cells; the one behind the last cell is the right child. */
function heightAlong(
	{ uses, reader, format }: Pages,
	root: number,
	isTable: boolean,
	pick: (cells: number) => number,
): number | undefined {
	let page = root;
	for (let height = 0; height <= MAX_HEIGHT; height++) {
		if (page < 1 || page > uses.pageCount) return undefined;
		const bytes = reader.page(page);
		const header = headerOffset(page);
		const kind = bytes[header];
		if (kind === (isTable ? TABLE_LEAF : INDEX_LEAF)) return height > 0 ? height : undefined;
		if (kind !== (isTable ? TABLE_INTERIOR : INDEX_INTERIOR)) return undefined;
		const cells = uint16(bytes, header + 3);
		if (cells > format.maxCells) return undefined;
		const cell = pick(cells);
		const at = cell === cells ? header + 8 : uint16(bytes, header + 12 + 2 * cell);
		if (at > format.usable - 4) return undefined;
		page = uint32(bytes, at);
	}
	return undefined;
}
