import type { CheckedState } from "./checkedState";
import { type PageFormat, uint32 } from "./pageFormat";
import { CHAIN, CHAIN_START, FREE, INTERIOR, LEAF_OF_INDEX, LEAF_OF_TABLE, POINTER_MAP, TRUNK } from "./pageUses";

const ENTRY_SIZE = 5;
const ROOT = 1;
const FREE_PAGE = 2;
const FIRST_OVERFLOW = 3;
const LATER_OVERFLOW = 4;
const NON_ROOT = 5;

/** How far the pages of a pointer map lie apart: one, and those it tells of. */
export function pagesPerPointerMap({ usable }: PageFormat): number {
	return Math.floor(usable / ENTRY_SIZE) + 1;
}

/**
 * Compares the pointer map of a database with auto-vacuum with what its pages are used for, after all of them have their
 * use. https://www.sqlite.org/fileformat2.html#pointer_map_or_ptrmap_pages
 */
export function checkPointerMap(state: CheckedState): void {
	const { uses, reader, format, faults } = state;
	const distance = pagesPerPointerMap(format);
	for (let start = 2; start <= uses.pageCount; start += distance) {
		// Behind the lock-byte page, which cannot be one itself.
		const map = uses.use[start] === POINTER_MAP ? start : start + 1;
		const end = Math.min(start + distance, uses.pageCount + 1);
		state.step();
		const bytes = reader.page(map);
		for (let page = map + 1; page < end; page++) {
			const at = (page - map - 1) * ENTRY_SIZE;
			const type = bytes[at]!;
			const parent = uint32(bytes, at + 1);
			const wrong = entryProblem(state, page, type, parent);
			if (wrong)
				faults.add(page, `is ${uses.name(page)}; the pointer map has other of it (type ${type}, page ${parent})`);
		}
	}
}

function entryProblem({ uses }: CheckedState, page: number, type: number, parent: number): boolean {
	switch (uses.use[page]) {
		case TRUNK:
		case FREE:
			return type !== FREE_PAGE || parent !== 0;
		case INTERIOR:
		case LEAF_OF_TABLE:
		case LEAF_OF_INDEX:
			return type !== (uses.parent[page] === 0 ? ROOT : NON_ROOT) || parent !== uses.parent[page];
		case CHAIN_START:
			return type !== FIRST_OVERFLOW || parent !== uses.parent[page];
		case CHAIN: {
			// On a chain each page is once, so the one that leads to it is the one before it.
			if (type !== LATER_OVERFLOW || parent < 1 || parent > uses.pageCount) return true;
			return uses.use[parent]! < CHAIN_START || uses.next(parent) !== page;
		}
		default:
			return false;
	}
}
