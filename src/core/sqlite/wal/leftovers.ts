import type { Frames } from "./frames";
import type { WalHeader } from "./header";
import { RunningChecksum } from "./runningChecksum";

/**
 * Frames of older cycles of the file, as SQLite leaves them when it starts a log over without cutting the file: page
 * numbers from 1, both salts other than the log's, and within one cycle checksums that go on from frame to frame, except
 * where that cycle itself had rolled a transaction back.
 */
export class Leftovers {
	readonly #header: WalHeader;
	readonly #checksum: RunningChecksum;
	/** Of the frame before. */
	#salt1: number | undefined;
	#salt2: number | undefined;
	#rolledBack = false;

	constructor(header: WalHeader) {
		this.#header = header;
		this.#checksum = new RunningChecksum(header.pageSize);
	}

	/** Whether an older cycle can have written frame `n` behind those before it. */
	follows(frames: Frames, n: number): boolean {
		const [salt1, salt2] = [frames.salt1(n), frames.salt2(n)];
		if (frames.pageNumber(n) === 0 || salt1 === this.#header.salt1 || salt2 === this.#header.salt2) return false;
		if (salt1 !== this.#salt1 || salt2 !== this.#salt2) {
			this.#salt1 = salt1;
			this.#salt2 = salt2;
			this.#rolledBack = false;
		} else if (!this.#checksum.continues(frames, n)) {
			this.#rolledBack = true;
		}
		this.#checksum.set(frames.checksum1(n), frames.checksum2(n));
		return !this.#rolledBack || frames.commitSize(n) === 0;
	}
}
