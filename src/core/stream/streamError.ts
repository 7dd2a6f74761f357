/** Bytes that are no snapshot stream, or not the whole of one. `offset` counts from the start of the stream. */
export class StreamError extends Error {
	override readonly name = "StreamError";
	constructor(
		readonly code: "stream-truncated" | "stream-too-long" | "bad-stream" | "unsupported-version",
		readonly offset: number,
		message: string,
	) {
		super(message);
	}
}
