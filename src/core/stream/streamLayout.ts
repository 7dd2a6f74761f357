import { StreamError } from "./streamError";

/** Where the files of a snapshot lie in its stream. */
export type StreamLayout =
	| {
			readonly kind: "full";
			readonly format: StreamFormat;
			readonly database: StreamPart;
			/** In the order in which they apply to the database. */
			readonly wals: readonly StreamPart[];
	  }
	| { readonly kind: "incremental"; readonly wal: ByteRange }
	/** No data: the WALs lie in a directory of the node that made the stream. */
	| { readonly kind: "incremental-file"; readonly directory: string };

export type StreamFormat = "generations" | "rqlite-v10";

export interface ByteRange {
	/** Bytes from the start of the stream. */
	readonly offset: number;
	readonly length: number;
}

export interface StreamPart extends ByteRange {
	/** What the header says it is, a uint32; `undefined` in a format without checksums. */
	readonly crc32c: number | undefined;
}

/** What a header says beside a WAL has a few bytes for each file: this is enough for tens of thousands of them. */
export const MAX_HEADER_BYTES = 1 << 18;

/**
 * Lays files one behind the other, from `start` to the end of the stream. Throws `StreamError` when their sizes do not
 * come to that exactly.
 */
export function layFiles(start: number, sizes: readonly bigint[], streamBytes: number): readonly ByteRange[] {
	checkEnd(
		sizes.reduce((end, size) => end + size, BigInt(start)),
		streamBytes,
	);
	let offset = start;
	return sizes.map((size) => {
		const range = { offset, length: Number(size) };
		offset += range.length;
		return range;
	});
}

/** Throws `StreamError` when a stream has another length than its header says. */
export function checkEnd(end: bigint, streamBytes: number): void {
	if (end > streamBytes) {
		const message = `the stream ends at byte ${streamBytes}, its header says ${end}`;
		throw new StreamError("stream-truncated", streamBytes, message);
	}
	if (end < streamBytes) {
		const message = `the stream goes on to byte ${streamBytes}, its header says ${end}`;
		throw new StreamError("stream-too-long", Number(end), message);
	}
}

/** Throws `StreamError` when a header goes beyond the stream. */
export function checkHeader(start: number, length: bigint, streamBytes: number): void {
	if (length <= streamBytes - start) return;
	const message = `the stream ends at byte ${streamBytes}, its header alone has ${length}`;
	throw new StreamError("stream-truncated", streamBytes, message);
}

/** Throws `StreamError` for a header of a version that is not known. */
export function checkVersion(version: number, known: number, offset: number): void {
	if (version === known) return;
	const message = `the stream has version ${version}; ${known} is the one that is known`;
	throw new StreamError("unsupported-version", offset, message);
}
