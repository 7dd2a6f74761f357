import { type CheckedImage, DatabaseCheck } from "../core/sqlite/btree/databaseCheck";
import type { DatabaseFaults } from "../core/sqlite/btree/faults";
import type { Measuring } from "../protocol/space";

/** One call works about so long, so that whoever waits for it can do without the rest. */
const CALL_MS = 50;

/** Measures what takes the space in a database: reads every page once, in as many calls as it takes. */
export class SpaceMeasure {
	readonly #check = new DatabaseCheck();
	readonly #checking: Generator<void, DatabaseFaults>;
	readonly #pageCount: number;
	#pages = 0;

	constructor(image: CheckedImage) {
		this.#pageCount = image.pageCount;
		const progress = (pages: number) => {
			this.#pages = pages;
		};
		this.#checking = this.#check.checkInPieces(image, { progress });
	}

	/** Goes on. Throws what reading the image throws; not to be called after that, nor when it is done. */
	next(): Measuring {
		const until = performance.now() + CALL_MS;
		do {
			const { done, value } = this.#checking.next();
			if (done) return { done, space: this.#check.space(), faults: value };
		} while (performance.now() < until);
		return { done: false, pages: Math.min(this.#pages, this.#pageCount), pageCount: this.#pageCount };
	}
}
