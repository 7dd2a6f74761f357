import type { ByteSource, Cancellation } from "./files";

/**
 * A reader that asks for ranges of one file and is given their bytes, so that the same code serves callers that can
 * wait and callers that cannot. Bytes come back fewer than asked when the file ends before that; they are only lent
 * until the next request.
 */
export type Reading<T> = Generator<ReadRequest, T, Uint8Array>;

export interface ReadRequest {
	readonly offset: number;
	readonly length: number;
}

/** Runs a reading over bytes that are at hand. */
export function readNow<T>(reading: Reading<T>, source: ByteSource, cancel?: Cancellation): T {
	let buffer = new Uint8Array(0);
	let step = reading.next();
	while (!step.done) {
		cancel?.throwIfAborted();
		const { offset, length } = step.value;
		if (buffer.byteLength < length) buffer = new Uint8Array(length);
		const read = source.readInto(buffer.subarray(0, length), offset);
		step = reading.next(buffer.subarray(0, read));
	}
	return step.value;
}

/** Runs a reading over bytes that must be waited for. */
export async function readLater<T>(
	reading: Reading<T>,
	read: (offset: number, length: number) => Promise<Uint8Array>,
	cancel?: Cancellation,
): Promise<T> {
	let step = reading.next();
	while (!step.done) {
		cancel?.throwIfAborted();
		step = reading.next(await read(step.value.offset, step.value.length));
	}
	return step.value;
}
