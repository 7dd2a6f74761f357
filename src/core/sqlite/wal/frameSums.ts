import { WalChecksum } from "./checksum";
import { frameSummerInWasm } from "./frameSumsInWasm";
import { FRAME_HEADER_SIZE, type WalHeader } from "./header";

/** What of a log's header its frames are laid out and summed by. */
export type FrameFormat = Pick<WalHeader, "pageSize" | "bigEndianChecksum">;

/**
 * The checksum of each of some frames in a row, as if the sums were 0 before it: s0 and s1 of the first frame, those of the
 * second one, and so on. `frames` are whole ones; the caller owns the answer.
 * https://www.sqlite.org/fileformat2.html#checksum_algorithm
 */
export type SumFrames = (frames: Uint8Array, format: FrameFormat) => Uint32Array;

/** Sums frames, and has room for them where they need not be copied before that. */
export interface FrameSummer {
	readonly sum: SumFrames;
	/** Frames in one of them are summed where they lie. Whoever reads takes one out, and puts it back. */
	readonly rooms: Uint8Array[];
}

let fastest: FrameSummer | undefined;

/** In WebAssembly where there is one with SIMD, else plainly: the sums are the same. It starts once in a thread. */
export function frameSummer(): FrameSummer {
	fastest ??= frameSummerInWasm() ?? { sum: sumFramesPlainly, rooms: [] };
	return fastest;
}

/** The definition, and for where there is no WebAssembly. */
export const sumFramesPlainly: SumFrames = (frames, { pageSize, bigEndianChecksum }) => {
	const frameSize = FRAME_HEADER_SIZE + pageSize;
	const sums = new Uint32Array((2 * frames.byteLength) / frameSize);
	const checksum = new WalChecksum(bigEndianChecksum);
	for (let n = 0; n < sums.length / 2; n++) {
		checksum.set(0, 0);
		checksum.update(frames.subarray(n * frameSize, n * frameSize + 8));
		checksum.update(frames.subarray(n * frameSize + FRAME_HEADER_SIZE, (n + 1) * frameSize));
		sums.set([checksum.s0, checksum.s1], 2 * n);
	}
	return sums;
};
