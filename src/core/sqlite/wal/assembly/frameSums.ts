// AssemblyScript, four words at a time. Not compiled with the rest: `npm run generate` makes ../frameSumsWasm.ts of it.
//
// The checksum's two sums are Fibonacci's recurrence with one word x added at each step: u[i+2] = u[i+1] + u[i] + x[i],
// from u[0] = s0 and u[1] = s1, and after N words s0 = u[N], s1 = u[N+1]. So word i is in s0 F(N-1-i) times and in s1
// F(N-i) times, where F(0) = 0 and F(1) = 1, modulo 2^32: both are dot products with constants, in whatever order.

const WORD: usize = 4;
const VECTOR: usize = 16;
const HEADER_SIZE: usize = 24;
const MAX_PAGE_SIZE: usize = 65536;

/** Descending to F(0) in its last word: the weights of the words of a page of any size end where it ends. */
const WEIGHTS_END: usize = MAX_PAGE_SIZE + VECTOR;

/** Where frames can be read to, and how many bytes of them at most. */
export const roomAt: usize = 1 << 17;
export const roomCapacity: usize = 1 << 19;
/** Where those are put that lie elsewhere, and how many bytes of them at most. */
export const copiesAt: usize = roomAt + roomCapacity;
export const copiesCapacity: usize = 1 << 17;
/** Where their sums appear: s0 and s1 of the first frame, those of the second one, and so on. */
export const sumsAt: usize = copiesAt + copiesCapacity;

fillWeights();

function fillWeights(): void {
	let weight: u32 = 0;
	let next: u32 = 1;
	for (let at = WEIGHTS_END; at > 0; at -= WORD) {
		store<u32>(at - WORD, weight);
		const sum = weight + next;
		weight = next;
		next = sum;
	}
}

/**
 * Sums the `count` frames at a place, each from sums of zero: the first 8 bytes of its header, and its page. Two vectors of a page at a
 * time: no addition waits for the one before it.
 */
export function sumFrames(frames: usize, count: usize, pageSize: usize, bigEndian: bool): void {
	// What a word weighs in s1 is one word before what it weighs in s0.
	const weights = WEIGHTS_END - pageSize;
	let frame = frames;
	let sums = sumsAt;
	for (let n: usize = 0; n < count; n++) {
		const page = frame + HEADER_SIZE;
		let in0 = i32x4.splat(0);
		let in1 = i32x4.splat(0);
		let also0 = i32x4.splat(0);
		let also1 = i32x4.splat(0);
		for (let at: usize = 0; at < pageSize; at += 2 * VECTOR) {
			let words = v128.load(page + at);
			let more = v128.load(page + at + VECTOR);
			if (bigEndian) {
				words = swapped(words);
				more = swapped(more);
			}
			const weight = weights + at;
			in0 = i32x4.add(in0, i32x4.mul(words, v128.load(weight)));
			in1 = i32x4.add(in1, i32x4.mul(words, v128.load(weight - WORD)));
			also0 = i32x4.add(also0, i32x4.mul(more, v128.load(weight + VECTOR)));
			also1 = i32x4.add(also1, i32x4.mul(more, v128.load(weight + VECTOR - WORD)));
		}
		const first = bigEndian ? bswap(load<u32>(frame)) : load<u32>(frame);
		const second = bigEndian ? bswap(load<u32>(frame + WORD)) : load<u32>(frame + WORD);
		const before = weights - 2 * WORD;
		const all0 = i32x4.add(in0, also0);
		const all1 = i32x4.add(in1, also1);
		store<u32>(sums, total(all0) + first * load<u32>(before) + second * load<u32>(before + WORD));
		store<u32>(sums + WORD, total(all1) + first * load<u32>(before - WORD) + second * load<u32>(before));
		frame += HEADER_SIZE + pageSize;
		sums += 2 * WORD;
	}
}

function swapped(words: v128): v128 {
	return v128.shuffle<u8>(words, words, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

function total(lanes: v128): u32 {
	return (
		i32x4.extract_lane(lanes, 0) +
		i32x4.extract_lane(lanes, 1) +
		i32x4.extract_lane(lanes, 2) +
		i32x4.extract_lane(lanes, 3)
	);
}
