/** Bytes that are not what their format says. `offset` counts from the start of the file. */
export class FormatError extends Error {
	override readonly name = "FormatError";
	constructor(
		readonly offset: number,
		message: string,
	) {
		super(message);
	}
}
