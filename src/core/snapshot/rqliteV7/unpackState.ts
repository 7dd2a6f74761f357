import { readCrc } from "../../checksum/crc32";
import { createCrc64 } from "../../checksum/crc64";
import { type ByteSource, bytesSource, type Cancellation } from "../../files";
import { FormatError } from "../../formatError";
import { Pieces } from "../../pieces";
import { rangeSource } from "../../rangeSource";
import { readNow } from "../../reading";
import { DATABASE_HEADER_SIZE, parseDatabaseHeader } from "../../sqlite/databaseHeader";
import { gunzip } from "./gunzip";
import { StateError } from "./stateError";
import { MAX_HEAD_BYTES, parseStateHead, type StateBody } from "./stateHead";

/** A packed database is held in memory while it is open: this much, and no more. */
export const MAX_UNPACKED_BYTES = 2 ** 31;

export interface UnpackOptions {
	/** CRC-64 that the whole file should have, sixteen hexadecimal digits; not compared when not given. */
	readonly crc64?: string | undefined;
	readonly maxBytes?: number;
	readonly cancel?: Cancellation | undefined;
}

/**
 * The database in a `state.bin`; no bytes for an empty one. One that is packed is held in memory, one that is not stays
 * where it is: `source` must stay open as long as the answer is used. Throws `StateError`, and the reason of a
 * cancellation.
 */
export async function unpackState(source: ByteSource, options: UnpackOptions = {}): Promise<ByteSource> {
	const { crc64, maxBytes = MAX_UNPACKED_BYTES, cancel } = options;
	const head = readStart(source, MAX_HEAD_BYTES);
	const body = parseStateHead(head, source.sizeBytes);
	// rqlite does not look at the checksum of a file that is all head.
	if (source.sizeBytes !== MAX_HEAD_BYTES) await checkWhole(source, body, crc64, cancel);
	if (body.length === 0) return bytesSource(new Uint8Array(0));
	if (body.packing === "none") {
		const database = rangeSource(source, body);
		checkHeader(readStart(database, DATABASE_HEADER_SIZE), body.offset);
		return database;
	}
	const database = new Pieces();
	let checked = false;
	await gunzip(source, body, { maxBytes, cancel }, (bytes) => {
		database.append(bytes);
		if (checked || database.sizeBytes < DATABASE_HEADER_SIZE) return;
		checkHeader(readStart(database, DATABASE_HEADER_SIZE), body.offset);
		checked = true;
	});
	if (!checked && database.sizeBytes > 0) checkHeader(readStart(database, DATABASE_HEADER_SIZE), body.offset);
	return database;
}

/** Whether the file is what the node wrote. Only its checksum can say that of bytes behind the database. */
async function checkWhole(
	source: ByteSource,
	{ offset, length }: StateBody,
	crc64: string | undefined,
	cancel: Cancellation | undefined,
): Promise<void> {
	const { sizeBytes } = source;
	if (crc64 === undefined) {
		// rqlite 5 and older wrote more behind it.
		const behind = sizeBytes - offset - length;
		if (behind === 0) return;
		throw new StateError(
			"state-damaged",
			offset + length,
			`${behind} bytes lie behind the database, and no checksum says that they belong there`,
		);
	}
	const sum = readNow(readCrc(await createCrc64(), sizeBytes), source, cancel);
	if (sum === crc64) return;
	throw new StateError(
		"state-checksum-mismatch",
		0,
		`its CRC-64 is ${sum}, but meta.json says ${crc64}: one of the two is not what the node wrote`,
	);
}

/** `offset`: where the database, or what is packed of it, begins in the file. */
function checkHeader(start: Uint8Array, offset: number): void {
	try {
		parseDatabaseHeader(start);
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		throw new StateError("state-damaged", offset, `what it holds is no SQLite database: ${error.message}`);
	}
}

function readStart(source: ByteSource, length: number): Uint8Array {
	const bytes = new Uint8Array(Math.min(length, source.sizeBytes));
	return bytes.subarray(0, source.readInto(bytes, 0));
}
