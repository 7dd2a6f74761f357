import type { CheckedState } from "./checkedState";
import { uint32 } from "./pageFormat";

/**
 * The first `length` bytes of a payload of which the first `local` lie at `start` and the others on overflow pages from
 * `first` on; fewer where the chain is broken. `spend` is asked for every overflow page, and ends it with `false`. What
 * the reader lent before is gone afterwards.
 */
export function readPayload(
	{ reader, format, uses, step }: CheckedState,
	{ bytes, start, local, first }: SpilledPayload,
	length: number,
	spend: () => boolean,
): Uint8Array {
	const payload = new Uint8Array(Math.max(length, local));
	payload.set(bytes.subarray(start, start + local));
	let filled = local;
	let page = first;
	while (filled < length && page > 0 && page <= uses.pageCount && spend()) {
		step();
		const overflow = reader.page(page);
		const part = overflow.subarray(4, Math.min(format.usable, 4 + length - filled));
		payload.set(part, filled);
		filled += part.byteLength;
		page = uint32(overflow, 0);
	}
	return payload.subarray(0, Math.min(filled, length));
}

export interface SpilledPayload {
	/** The page of its cell; not lent by the reader. */
	readonly bytes: Uint8Array;
	readonly start: number;
	readonly local: number;
	readonly first: number;
}
