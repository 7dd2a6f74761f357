import { type CheckedState, claimFor } from "./checkedState";
import { uint32 } from "./pageFormat";
import { FREE, TRUNK } from "./pageUses";

/**
 * Follows the freelist from its first trunk page; `count` is how many pages the database's header says it has. What a
 * free page holds means nothing. https://www.sqlite.org/fileformat2.html#the_freelist
 */
export function checkFreelist(state: CheckedState, first: number, count: number): void {
	const { reader, format, faults } = state;
	const before = faults.count;
	let found = 0;
	let previous = 1;
	let trunk = first;
	while (trunk !== 0) {
		state.step();
		if (!claimFor(state, trunk, TRUNK, previous)) return;
		const bytes = reader.page(trunk);
		const leaves = uint32(bytes, 4);
		found++;
		if (leaves > Math.floor(format.usable / 4) - 2) {
			faults.add(trunk, `says that it lists ${leaves} free pages, more than fit a page`);
		} else {
			for (let leaf = 0; leaf < leaves; leaf++) claimFor(state, uint32(bytes, 8 + 4 * leaf), FREE, trunk);
			found += leaves;
		}
		previous = trunk;
		trunk = uint32(bytes, 0);
	}
	if (found !== count && faults.count === before) {
		faults.addOfHeader(`counts ${count} free pages in the database's header where the freelist has ${found}`);
	}
}
