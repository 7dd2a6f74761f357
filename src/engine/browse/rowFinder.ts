import type { Survey } from "../../protocol/browse";
import type { Cursor } from "../cursor";

/** Knows the places of rows that a survey has found. */
export interface RowFinder {
	/** Goes on for about so long. Throws `SqlError`. */
	survey(ms: number): Survey;
	/** Rows from a position on, at most so many; none from one that has not been found. Whoever opens the cursor closes it. Throws `SqlError`. */
	rows(first: number, maxRows: number): Cursor;
	close(): void;
}

/** Calls `step` until it answers false or the time is over; at least once. */
export function forAbout(ms: number, step: () => boolean): void {
	const end = performance.now() + ms;
	while (step() && performance.now() < end);
}
