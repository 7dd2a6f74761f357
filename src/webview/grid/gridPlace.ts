import type { GridPosition } from "./gridPosition";
import type { RowSource } from "./rowSource";

/** Where somebody is in a grid: the first row in view, and the current cell. */
export interface GridPlace {
	readonly top: number;
	readonly active: GridPosition;
}

/** A place that a grid goes back to, once its rows are known of. */
export class PlaceToRestore {
	#place: GridPlace | undefined;

	set(place: GridPlace): void {
		this.#place = place;
	}

	/** Answers it once, as soon as there are so many rows, or no more to come. */
	take({ rowCount, complete }: RowSource): GridPlace | undefined {
		const place = this.#place;
		if (place === undefined || (rowCount <= place.active.row && !complete)) return undefined;
		this.#place = undefined;
		return place;
	}
}
