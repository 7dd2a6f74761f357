import type { BrowseSpec } from "../../protocol/browse";
import type { GridPlace } from "../grid/gridPlace";

/** Rows that were looked at, and where. */
export interface BrowsePlace {
	readonly spec: BrowseSpec;
	readonly view?: GridPlace | undefined;
	/** As far as rows were found. */
	readonly rowCount?: number;
}

/** Places that can be gone back to. */
const MAX_PLACES = 50;

/** Where somebody has been, as a browser remembers it. */
export class BrowsePlaces {
	#places: BrowsePlace[] = [];
	#at = -1;

	get current(): BrowsePlace | undefined {
		return this.#places[this.#at];
	}

	get canGoBack(): boolean {
		return this.#at > 0;
	}

	get canGoForward(): boolean {
		return this.#at < this.#places.length - 1;
	}

	/** Goes to another place; there is nothing forward of it. */
	visit(place: BrowsePlace): void {
		this.#places = [...this.#places.slice(0, this.#at + 1), place].slice(-MAX_PLACES);
		this.#at = this.#places.length - 1;
	}

	/** The current place is as it is now. */
	replace(place: BrowsePlace): void {
		if (this.#at >= 0) this.#places[this.#at] = place;
	}

	/** One back (-1) or forward (1), where there is one. */
	go(by: -1 | 1): BrowsePlace | undefined {
		const to = this.#places[this.#at + by];
		if (to !== undefined) this.#at += by;
		return to;
	}
}
