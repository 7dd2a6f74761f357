import { type CheckedState, claimFor } from "./checkedState";
import { CHAIN, CHAIN_START, CHAIN_TO_FOLLOW } from "./pageUses";

/**
 * Follows each overflow chain that begins in a cell which has been read, and compares how many pages it has with how many
 * the payload takes. https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages
 */
export function checkChains(state: CheckedState): void {
	const { uses } = state;
	uses.keepChains((page, leaf) => {
		state.faults.add(page, `is ${uses.name(page)}, and page ${leaf} refers to it as well`, leaf);
	});
	for (let page = 1; page <= uses.pageCount; page++) {
		if (uses.use[page] === CHAIN_TO_FOLLOW) followChain(state, page);
	}
}

function followChain(state: CheckedState, first: number): void {
	const { uses, faults } = state;
	const owner = uses.parent[first]!;
	const pages = uses.facts[first * 4 + 1]! >>> 0;
	uses.use[first] = CHAIN_START;
	let found = 1;
	let page = first;
	for (;;) {
		state.step();
		const next = nextOf(state, page);
		if (next === 0) break;
		if (found === pages) {
			faults.add(owner, `has an overflow chain of ${pages} pages that goes on to page ${next}`);
			return;
		}
		if (!claimFor(state, next, CHAIN, owner)) return;
		page = next;
		found++;
	}
	if (found < pages) faults.add(owner, `has an overflow chain that ends after ${found} of ${pages} pages`);
}

function nextOf({ uses, reader }: CheckedState, page: number): number {
	const known = uses.next(page);
	if (known !== undefined) return known;
	const next = reader.link(page);
	uses.setNext(page, next);
	return next;
}
