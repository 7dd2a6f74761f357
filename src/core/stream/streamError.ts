/** Bytes that are no snapshot stream, or not the whole of one. `offset` counts from the start of the stream. */
export class StreamError extends Error {
	override readonly name = "StreamError";
	constructor(
		readonly code: StreamErrorCode,
		readonly offset: number,
		message: string,
	) {
		super(message);
	}
}

/** A header that says what it must not. */
export function badStream(offset: number, message: string): StreamError {
	return new StreamError("bad-stream", offset, message);
}

/** Runs a decoder of protobuf, whose own errors say what is wrong, not where. Throws `StreamError`. */
export function decoding<T>(offset: number, decode: () => T): T {
	try {
		return decode();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw badStream(offset, `the header is no protobuf message: ${reason}`);
	}
}

/** `incremental`: a sound stream that is nothing without the snapshots before it. */
export type StreamErrorCode =
	| "stream-truncated"
	| "stream-too-long"
	| "bad-stream"
	| "unsupported-version"
	| "incremental";
