import type { ByteSource, Cancellation } from "./files";
import { ReadMemory } from "./readMemory";

/**
 * A reader that asks for ranges of one file and is given their bytes, so that the same code serves callers that can
 * wait and callers that cannot. Bytes come back fewer than asked when the file ends before that; they are only lent
 * until the next request.
 */
export type Reading<T, Request extends ReadRequest = ReadRequest> = Generator<Request, T, Uint8Array>;

export interface ReadRequest {
	readonly offset: number;
	readonly length: number;
}

/** Runs a reading over bytes that are at hand: one source, or for each request the one that it is about. */
export function readNow<T, Request extends ReadRequest>(
	reading: Reading<T, Request>,
	source: ByteSource | ((request: Request) => ByteSource),
	cancel?: Cancellation,
): T {
	const sourceOf = typeof source === "function" ? source : () => source;
	const memory = new ReadMemory();
	try {
		let step = reading.next();
		while (!step.done) {
			cancel?.throwIfAborted();
			const { offset, length } = step.value;
			const target = memory.take(length);
			const read = sourceOf(step.value).readInto(target.subarray(0, length), offset);
			step = reading.next(target.subarray(0, read));
		}
		return step.value;
	} finally {
		memory.release();
	}
}

/** Runs a reading over bytes that must be waited for. */
export async function readLater<T, Request extends ReadRequest>(
	reading: Reading<T, Request>,
	read: (request: Request) => Promise<Uint8Array>,
	cancel?: Cancellation,
): Promise<T> {
	let step = reading.next();
	while (!step.done) {
		cancel?.throwIfAborted();
		step = reading.next(await read(step.value));
	}
	return step.value;
}
