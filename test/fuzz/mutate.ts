import type { Random } from "../support/sample/random";

/** What is worth trying where a format has a number. */
const NUMBERS = [
	0, 1, 2, 4, 0x7f, 0x80, 0xff, 0x100, 0x1ff, 0x200, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000,
	0xffffffff,
];
const WIDTHS = [1, 2, 4, 8];
const MOST_EDITS = 4;

export interface MutationOptions {
	/** The input never becomes longer. Bytes. */
	readonly maxBytes: number;
	/** Words of the format. */
	readonly words: readonly Uint8Array[];
	/** Multiples of it are where things begin: pages, frames. */
	readonly grain: number;
}

/** An input with a few edits, some of which take from `other`. */
export function mutate(input: Uint8Array, other: Uint8Array, draw: Random, options: MutationOptions): Uint8Array {
	let bytes = input;
	for (let edits = 1 + draw.below(MOST_EDITS); edits > 0; edits--) bytes = edit(bytes, other, draw, options);
	return new Uint8Array(bytes.subarray(0, options.maxBytes));
}

function edit(bytes: Uint8Array, other: Uint8Array, draw: Random, { words, grain }: MutationOptions): Uint8Array {
	const at = placeIn(bytes, draw, grain);
	switch (draw.below(9)) {
		case 0:
			return withByte(bytes, at, (byte) => byte ^ (1 << draw.below(8)));
		case 1:
			return withByte(bytes, at, () => draw.below(256));
		case 2:
			return withByte(bytes, at, (byte) => byte + draw.of([-2, -1, 1, 2]));
		case 3:
			return withNumber(bytes, at, draw);
		case 4:
			return joined(bytes.subarray(0, at), bytes.subarray(at + lengthFrom(draw, grain)));
		case 5: {
			const from = placeIn(bytes, draw, grain);
			return joined(bytes.subarray(0, at), bytes.subarray(from, from + lengthFrom(draw, grain)), bytes.subarray(at));
		}
		case 6: {
			const from = placeIn(bytes, draw, grain);
			const copy = bytes.slice();
			copy.set(bytes.subarray(from, from + lengthFrom(draw, grain)).subarray(0, bytes.byteLength - at), at);
			return copy;
		}
		case 7: {
			const word = words.length > 0 ? draw.of(words) : Uint8Array.of(draw.below(256));
			const over = draw.below(2) * word.byteLength;
			return joined(bytes.subarray(0, at), word, bytes.subarray(at + over));
		}
		default:
			return joined(bytes.subarray(0, at), other.subarray(placeIn(other, draw, grain)));
	}
}

/** Anywhere, near the start, or near the start of a grain. */
function placeIn(bytes: Uint8Array, draw: Random, grain: number): number {
	const size = bytes.byteLength;
	if (size === 0) return 0;
	switch (draw.below(4)) {
		case 0:
			return draw.below(Math.min(size, 120));
		case 1:
			return Math.min(size - 1, draw.below(Math.ceil(size / grain)) * grain + draw.below(32));
		default:
			return draw.below(size);
	}
}

function lengthFrom(draw: Random, grain: number): number {
	return draw.of([1, 1 + draw.below(8), 1 + draw.below(64), grain]);
}

function withByte(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
	if (at >= bytes.byteLength) return Buffer.of(change(0));
	const copy = bytes.slice();
	copy[at] = change(copy[at]!);
	return copy;
}

function withNumber(bytes: Uint8Array, at: number, draw: Random): Uint8Array {
	const copy = bytes.slice();
	const width = draw.of(WIDTHS);
	if (at + width > copy.byteLength) return copy;
	const number = draw.of(NUMBERS);
	const digits = Buffer.alloc(8);
	digits.writeBigUInt64BE(BigInt(number));
	const wanted = digits.subarray(8 - width);
	copy.set(draw.below(2) === 0 ? wanted : wanted.toReversed(), at);
	return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
	return Buffer.concat(parts);
}
