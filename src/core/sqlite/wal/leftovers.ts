import { WalChecksum } from "./checksum";
import { addFrame, type Frame } from "./frame";
import type { WalHeader } from "./header";

/**
 * Frames of older cycles of the file, as SQLite leaves them when it starts a log over without cutting the file: page
 * numbers from 1, both salts other than the log's, and within one cycle checksums that go on from frame to frame, except
 * where that cycle itself had rolled a transaction back.
 */
export class Leftovers {
	readonly #header: WalHeader;
	#last: Frame | undefined;
	#rolledBack = false;

	constructor(header: WalHeader) {
		this.#header = header;
	}

	/** Whether an older cycle can have written this frame behind those before it. */
	follows(frame: Frame): boolean {
		if (frame.pageNumber === 0 || frame.salt1 === this.#header.salt1 || frame.salt2 === this.#header.salt2)
			return false;
		const last = this.#last;
		this.#last = frame;
		if (!last || last.salt1 !== frame.salt1 || last.salt2 !== frame.salt2) {
			this.#rolledBack = false;
			return true;
		}
		const checksum = new WalChecksum(this.#header.bigEndianChecksum);
		checksum.set(last.checksum1, last.checksum2);
		addFrame(checksum, frame.bytes);
		if (!checksum.equals(frame.checksum1, frame.checksum2)) this.#rolledBack = true;
		return !this.#rolledBack || frame.commitSize === 0;
	}
}
