import { type FrameFormat, frameSummer } from "./frameSums";
import { FRAME_HEADER_SIZE } from "./header";

/** Whole frames of a WAL in a row, counted from 0. Their bytes are lent. All integers are big-endian. */
export class Frames {
	readonly count: number;
	readonly #header: FrameFormat;
	readonly #frameSize: number;
	readonly #view: DataView;
	readonly #sums: Uint32Array;

	/** `bytes`: nothing but whole frames. Layout: https://www.sqlite.org/fileformat2.html#the_wal_file_format */
	constructor(
		readonly bytes: Uint8Array,
		header: FrameFormat,
	) {
		this.#header = header;
		this.#frameSize = FRAME_HEADER_SIZE + header.pageSize;
		this.count = bytes.byteLength / this.#frameSize;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.#sums = frameSummer().sum(bytes, header);
	}

	pageNumber(n: number): number {
		return this.#view.getUint32(n * this.#frameSize);
	}

	/** Size of the database in pages for a commit frame, else 0. */
	commitSize(n: number): number {
		return this.#view.getUint32(n * this.#frameSize + 4);
	}

	salt1(n: number): number {
		return this.#view.getUint32(n * this.#frameSize + 8);
	}

	salt2(n: number): number {
		return this.#view.getUint32(n * this.#frameSize + 12);
	}

	/** The log's first sum up to the frame's end, as the frame has it. */
	checksum1(n: number): number {
		return this.#view.getUint32(n * this.#frameSize + 16);
	}

	/** The second one. */
	checksum2(n: number): number {
		return this.#view.getUint32(n * this.#frameSize + 20);
	}

	/** What the frame adds to the log's first sum. */
	sum0(n: number): number {
		return this.#sums[2 * n]!;
	}

	/** What it adds to the second one. */
	sum1(n: number): number {
		return this.#sums[2 * n + 1]!;
	}

	/** Size of the database in pages, from the header in a frame of page 1. */
	headerPageCount(n: number): number {
		return this.#view.getUint32(n * this.#frameSize + FRAME_HEADER_SIZE + 28);
	}

	/**
	 * Whether salts and checksum have not been filled in: a transaction that writes a page for the second time leaves
	 * that for its commit. In a log that was copied before, or whose transaction was rolled back, such frames stay.
	 */
	isUnsigned(n: number): boolean {
		const signature = this.commitSize(n) | this.salt1(n) | this.salt2(n) | this.checksum1(n) | this.checksum2(n);
		return this.pageNumber(n) > 0 && signature === 0;
	}

	/** A copy of one frame with another commit size. */
	withCommitSize(n: number, commitSize: number): Frames {
		const start = n * this.#frameSize;
		const copy = this.bytes.slice(start, start + this.#frameSize);
		new DataView(copy.buffer).setUint32(4, commitSize);
		return new Frames(copy, this.#header);
	}
}
