import type { FaultList } from "./faults";
import type { PageFormat } from "./pageFormat";
import type { PageReader } from "./pageReader";
import type { PageUses } from "./pageUses";

/** A state of a database while it is being checked. */
export interface CheckedState {
	readonly format: PageFormat;
	readonly reader: PageReader;
	readonly uses: PageUses;
	readonly faults: FaultList;
	/** Called for every page that is looked at, so that the work can be cancelled. */
	readonly step: () => void;
}

/** Gives a page that page `parent` refers to its use. Answers `false` where it cannot have it, which is taken down. */
export function claimFor({ uses, faults }: CheckedState, page: number, use: number, parent: number): boolean {
	if (page < 1 || page > uses.pageCount) {
		faults.add(parent, `refers to page ${page}, which the database does not have`);
		return false;
	}
	if (uses.claim(page, use, parent)) return true;
	faults.add(page, `is ${uses.name(page)}, and page ${parent} refers to it as well`, parent);
	return false;
}
