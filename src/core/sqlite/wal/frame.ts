import type { WalChecksum } from "./checksum";
import { FRAME_HEADER_SIZE } from "./header";

/** One frame's header, and the frame's place. All integers are big-endian. */
export interface Frame {
	/** Counted from 0. */
	readonly n: number;
	readonly pageNumber: number;
	/** Size of the database in pages for a commit frame, else 0. */
	readonly commitSize: number;
	readonly salt1: number;
	readonly salt2: number;
	readonly checksum1: number;
	readonly checksum2: number;
	/** Header and page. */
	readonly bytes: Uint8Array;
}

/**
 * Whether salts and checksum have not been filled in: a transaction that writes a page for the second time leaves that
 * for its commit. In a log that was copied before, or whose transaction was rolled back, such frames stay.
 */
export function isUnsigned({ pageNumber, commitSize, salt1, salt2, checksum1, checksum2 }: Frame): boolean {
	return pageNumber > 0 && (commitSize | salt1 | salt2 | checksum1 | checksum2) === 0;
}

/** Adds what a frame's checksum is over: the first 8 bytes of its header and its page. */
export function addFrame(checksum: WalChecksum, frame: Uint8Array): void {
	checksum.update(frame.subarray(0, 8));
	checksum.update(frame.subarray(FRAME_HEADER_SIZE));
}

/** Size of the database in pages, from the header in a frame of page 1. */
export function headerPageCount(frame: Uint8Array): number {
	return new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(FRAME_HEADER_SIZE + 28);
}

/** Layout: https://www.sqlite.org/fileformat2.html#the_wal_file_format */
export function parseFrame(bytes: Uint8Array, n: number): Frame {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return {
		n,
		pageNumber: view.getUint32(0),
		commitSize: view.getUint32(4),
		salt1: view.getUint32(8),
		salt2: view.getUint32(12),
		checksum1: view.getUint32(16),
		checksum2: view.getUint32(20),
		bytes,
	};
}
