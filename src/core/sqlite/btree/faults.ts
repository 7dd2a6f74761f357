/** A table or an index, as the schema lists it. */
export interface DatabaseObject {
	readonly type: "table" | "index";
	readonly name: string;
	/** The table that an index is of; a table's own name. */
	readonly table: string;
	readonly rootPage: number;
}

/** One thing that is wrong with a page. */
export interface PageFault {
	/** 1-based. Page 1 also stands for what the database's header says. */
	readonly page: number;
	/** What the page belongs to; `undefined` for none or none that can be told. */
	readonly object: DatabaseObject | undefined;
	/** What is wrong, as the end of a sentence that begins with the page. */
	readonly message: string;
}

export interface DatabaseFaults {
	/** In the order in which they were found: the header's, the freelist's, those of the trees, pages without a use. */
	readonly faults: readonly PageFault[];
	/** How many there are; more than `faults` has where there are too many to list. */
	readonly count: number;
}

const MAX_FAULTS = 100;

/** Takes down faults, and counts those that are too many to list. */
export class FaultList {
	readonly faults: PageFault[] = [];
	count = 0;
	/** Tables and indexes that have one, listed or not. */
	readonly damaged = new Set<DatabaseObject>();
	readonly #objectOf: (page: number) => DatabaseObject | undefined;

	constructor(objectOf: (page: number) => DatabaseObject | undefined) {
		this.#objectOf = objectOf;
	}

	/** `referrer`: a page that leads to this one, and whose table or index is damaged with it. */
	add(page: number, message: string, referrer?: number): void {
		this.count++;
		const object = this.#objectOf(page);
		for (const owner of [object, referrer === undefined ? undefined : this.#objectOf(referrer)]) {
			if (owner) this.damaged.add(owner);
		}
		if (this.faults.length < MAX_FAULTS) this.faults.push({ page, object, message });
	}

	/** What the database's header says belongs to no table, though page 1 does. */
	addOfHeader(message: string): void {
		this.count++;
		if (this.faults.length < MAX_FAULTS) this.faults.push({ page: 1, object: undefined, message });
	}
}
