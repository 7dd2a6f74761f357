import type { Frames } from "./frames";

/**
 * The checksum of a log as it goes on from frame to frame. It is linear, so what a frame adds to the sums does not depend
 * on them: over the `w` words of a frame the sums themselves become `F(w-1)·s0 + F(w)·s1` and `F(w)·s0 + F(w+1)·s1`, with
 * Fibonacci's numbers modulo 2^32, and what the frame adds comes on top.
 * https://www.sqlite.org/fileformat2.html#checksum_algorithm
 */
export class RunningChecksum {
	#s0 = 0;
	#s1 = 0;
	/** F(w-1), F(w), F(w+1). */
	readonly #weights: readonly [number, number, number];

	/** `pageSize` in bytes. */
	constructor(pageSize: number) {
		let weights: [number, number, number] = [1, 0, 1];
		for (let word = 0; word < (8 + pageSize) / 4; word++) {
			weights = [weights[1], weights[2], (weights[1] + weights[2]) | 0];
		}
		this.#weights = weights;
	}

	/** Goes on from sums that are stored in a header or a frame. */
	set(s0: number, s1: number): void {
		this.#s0 = s0;
		this.#s1 = s1;
	}

	/** Moves it on through frame `n`, if that has its sums. */
	continues(frames: Frames, n: number): boolean {
		const s0 = this.#sum0(frames, n);
		const s1 = this.#sum1(frames, n);
		if (s0 !== frames.checksum1(n) || s1 !== frames.checksum2(n)) return false;
		this.set(s0, s1);
		return true;
	}

	/** Moves it on through frame `n`, and answers the sums that belong into that. */
	pass(frames: Frames, n: number): readonly [s0: number, s1: number] {
		const sums = [this.#sum0(frames, n), this.#sum1(frames, n)] as const;
		this.set(...sums);
		return sums;
	}

	#sum0(frames: Frames, n: number): number {
		const [before, here] = this.#weights;
		return (Math.imul(before, this.#s0) + Math.imul(here, this.#s1) + frames.sum0(n)) >>> 0;
	}

	#sum1(frames: Frames, n: number): number {
		const [, here, behind] = this.#weights;
		return (Math.imul(here, this.#s0) + Math.imul(behind, this.#s1) + frames.sum1(n)) >>> 0;
	}
}
