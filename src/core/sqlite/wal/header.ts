import { FormatError } from "../../formatError";
import { isPageSize } from "../pageSize";
import { WalChecksum } from "./checksum";

export const WAL_HEADER_SIZE = 32;
export const FRAME_HEADER_SIZE = 24;

/** Where frame `n`, counted from 0, begins in the file. Its page follows after `FRAME_HEADER_SIZE` bytes. */
export function frameOffset(n: number, pageSize: number): number {
	return WAL_HEADER_SIZE + n * (FRAME_HEADER_SIZE + pageSize);
}

export interface WalHeader {
	/** Order of the bytes in the words that the checksums are over. All fields are big-endian whatever this says. */
	readonly bigEndianChecksum: boolean;
	/** Bytes, 512 to 65536. */
	readonly pageSize: number;
	readonly checkpointSequence: number;
	readonly salt1: number;
	readonly salt2: number;
	/** Checksum of the first 24 bytes; the frames' sums go on from it. */
	readonly checksum1: number;
	readonly checksum2: number;
}

const MAGIC_LITTLE_ENDIAN = 0x377f0682;
const MAGIC_BIG_ENDIAN = 0x377f0683;
const VERSION = 3_007_000;

/** Header of a WAL. Throws `FormatError`. Layout: https://www.sqlite.org/fileformat2.html#the_wal_file_format */
export function parseWalHeader(bytes: Uint8Array): WalHeader {
	if (bytes.byteLength < WAL_HEADER_SIZE) {
		throw new FormatError(bytes.byteLength, `the file ends after ${bytes.byteLength} of the 32 bytes of a WAL header`);
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const magic = view.getUint32(0);
	if (magic !== MAGIC_LITTLE_ENDIAN && magic !== MAGIC_BIG_ENDIAN) {
		throw new FormatError(0, `the magic number 0x${magic.toString(16).padStart(8, "0")} is not that of a WAL`);
	}
	const version = view.getUint32(4);
	if (version !== VERSION) throw new FormatError(4, `the WAL version ${version} is not ${VERSION}`);
	const pageSize = view.getUint32(8);
	if (!isPageSize(pageSize)) throw new FormatError(8, `the page size ${pageSize} is no power of two from 512 to 65536`);
	const checksum = new WalChecksum(magic === MAGIC_BIG_ENDIAN);
	checksum.update(bytes.subarray(0, 24));
	const [checksum1, checksum2] = [view.getUint32(24), view.getUint32(28)];
	if (!checksum.equals(checksum1, checksum2)) throw new FormatError(24, "the header's checksum is wrong");
	return {
		bigEndianChecksum: checksum.bigEndian,
		pageSize,
		checkpointSequence: view.getUint32(12),
		salt1: view.getUint32(16),
		salt2: view.getUint32(20),
		checksum1,
		checksum2,
	};
}
