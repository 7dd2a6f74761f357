import { createCRC32 } from "hash-wasm";
import type { Reading } from "../reading";

/** A CRC over bytes that come piece by piece. It serves one sum at a time: whoever makes it keeps it to itself. */
export interface Crc<Sum> {
	/** Begins a new sum. */
	reset(): void;
	update(bytes: Uint8Array): void;
	/** The sum of all bytes since `reset`. `reset` comes next. */
	digest(): Sum;
}

/** Its sums are uint32. */
export type Crc32 = Crc<number>;

/** The CRC-32 of IEEE 802.3, gzip and zip. */
export function createCrc32(): Promise<Crc32> {
	return createCrc(0xedb88320);
}

/** A CRC-32 of any polynomial, which is given without its highest term and with its bits in reverse. */
export async function createCrc(polynomial: number): Promise<Crc32> {
	const hasher = await createCRC32(polynomial);
	return {
		reset: () => void hasher.init(),
		update: (bytes) => void hasher.update(bytes),
		digest: () => Number.parseInt(hasher.digest("hex"), 16),
	};
}

/** How much is read at once. */
const PIECE_BYTES = 1 << 20;

/** Runs another reading of the same file, and takes the sum of the whole file from the bytes that it asks for in order. */
export function* readWithCrc<T, Sum>(
	crc: Crc<Sum>,
	sizeBytes: number,
	reading: Reading<T>,
): Reading<{ readonly result: T; readonly sum: Sum }> {
	crc.reset();
	let summed = 0;
	let step = reading.next();
	while (!step.done) {
		const bytes = yield step.value;
		if (step.value.offset === summed) {
			crc.update(bytes);
			summed += bytes.byteLength;
		}
		step = reading.next(bytes);
	}
	while (summed < sizeBytes) {
		const bytes = yield { offset: summed, length: Math.min(PIECE_BYTES, sizeBytes - summed) };
		if (bytes.byteLength === 0) break;
		crc.update(bytes);
		summed += bytes.byteLength;
	}
	return { result: step.value, sum: crc.digest() };
}

/** The sum of a whole file of `sizeBytes`. When it ends before that, of what is there. */
export function* readCrc<Sum>(crc: Crc<Sum>, sizeBytes: number): Reading<Sum> {
	const { sum } = yield* readWithCrc(crc, sizeBytes, readNothing());
	return sum;
}

/** A reading that asks for nothing. */
// biome-ignore lint/correctness/useYield: that is its point
export function* readNothing(): Reading<undefined> {
	return undefined;
}

/** A sum as eight hexadecimal digits. */
export function crcText(sum: number): string {
	return sum.toString(16).padStart(8, "0");
}
