import { FormatError } from "../../formatError";

/** Why the database in a `state.bin` cannot be read. `offset` counts from the start of the file. */
export class StateError extends FormatError {
	constructor(
		readonly code: "state-damaged" | "state-checksum-mismatch" | "state-too-large",
		offset: number,
		message: string,
	) {
		super(offset, message);
	}
}
