import { FormatError } from "../formatError";
import { isPageSize } from "./pageSize";

export const DATABASE_HEADER_SIZE = 100;

/** Offsets of the two bytes that say in which journal mode a database is to be written and read: 1 rollback, 2 WAL. */
export const WRITE_VERSION_OFFSET = 18;
export const READ_VERSION_OFFSET = 19;

export interface DatabaseHeader {
	/** Bytes, 512 to 65536. */
	readonly pageSize: number;
	readonly writeVersion: number;
	readonly readVersion: number;
	/** Bytes at the end of each page that SQLite leaves alone. */
	readonly reservedBytes: number;
	/** Size of the database in pages; `undefined` where the header's own count is stale and the file's size decides. */
	readonly pageCount: number | undefined;
	/** `undefined` for a database without content: nothing has been decided yet. */
	readonly encoding: TextEncoding | undefined;
}

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

const MAGIC = "SQLite format 3\0";
const ENCODINGS: readonly (TextEncoding | undefined)[] = [undefined, "utf-8", "utf-16le", "utf-16be"];

/**
 * Header of a SQLite database from the first bytes of the file, big-endian. Throws `FormatError`.
 * Layout: https://www.sqlite.org/fileformat2.html#the_database_header
 */
export function parseDatabaseHeader(bytes: Uint8Array): DatabaseHeader {
	if (bytes.byteLength === 0)
		throw new FormatError(0, "the file is empty; a database starts with a header of 100 bytes");
	if (bytes.byteLength < DATABASE_HEADER_SIZE) {
		throw new FormatError(
			bytes.byteLength,
			`the file ends after ${bytes.byteLength} of the 100 bytes of a database header`,
		);
	}
	for (let at = 0; at < MAGIC.length; at++) {
		if (bytes[at] !== MAGIC.charCodeAt(at)) throw new FormatError(at, 'it does not begin with "SQLite format 3"');
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const stored = view.getUint16(16);
	const pageSize = stored === 1 ? 65_536 : stored;
	if (!isPageSize(pageSize)) throw new FormatError(16, `the page size ${stored} is no power of two from 512 to 65536`);
	const reservedBytes = view.getUint8(20);
	if (pageSize - reservedBytes < 480) {
		throw new FormatError(20, `${reservedBytes} reserved bytes leave less than 480 of a page of ${pageSize} bytes`);
	}
	const [writeVersion, readVersion] = [view.getUint8(WRITE_VERSION_OFFSET), view.getUint8(READ_VERSION_OFFSET)];
	if (readVersion < 1 || readVersion > 2)
		throw new FormatError(READ_VERSION_OFFSET, `the read version ${readVersion} is neither 1 nor 2`);
	const encoding = view.getUint32(56);
	if (encoding >= ENCODINGS.length)
		throw new FormatError(56, `the text encoding ${encoding} is none that SQLite knows`);
	const pageCount = view.getUint32(28);
	// Writers before SQLite 3.7.0 did not keep the count; then these two fields differ.
	const kept = pageCount > 0 && view.getUint32(24) === view.getUint32(92);
	return {
		pageSize,
		writeVersion,
		readVersion,
		reservedBytes,
		pageCount: kept ? pageCount : undefined,
		encoding: ENCODINGS[encoding],
	};
}
