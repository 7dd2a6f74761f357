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

/** Why something cannot be read exactly, on one line: the first of one or more faults, and how many there are besides. */
export function notExact(what: string, [first, ...others]: readonly string[], advice: string): Failure {
	const more = others.length > 0 ? ` (and ${others.length} more)` : "";
	return new Failure(EXIT.refused, `${what} cannot be read exactly: ${first}${more} ${advice}`);
}
