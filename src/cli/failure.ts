import { visible } from "../core/text";

/** Exit statuses of the program. */
export const EXIT = {
	done: 0,
	/** The store or the snapshot is the reason. */
	refused: 1,
	/** Wrong usage, a path that is not there or not readable, no store there. */
	usage: 2,
} as const;

/** Ends the program with one line on standard error. */
export class Failure extends Error {
	override readonly name = "Failure";
	constructor(
		readonly status: 1 | 2,
		message: string,
	) {
		super(message);
	}
}

/** An error's message on one line. */
export function oneLine(error: unknown): string {
	return visible(error instanceof Error ? error.message : String(error));
}
