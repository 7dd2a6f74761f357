import type { Reading } from "../reading";
import { LENGTH_SIZE, readGenerationsStream } from "./generationsStream";
import { readRqlite10Stream } from "./rqlite10Stream";
import { badStream, StreamError } from "./streamError";
import { MAX_HEADER_BYTES, type StreamLayout } from "./streamLayout";

/** No file has as many bytes, so these are no length of one. */
const BEYOND_ANY_FILE = 1n << 48n;

/** Files that somebody may take for a stream, by their first bytes. */
const OTHER_FILES: readonly (readonly [string, string])[] = [
	["53514c69746520666f726d6174203300", "the file is a SQLite database already"],
	["377f0682", "the file is a SQLite WAL, which is nothing without its database"],
	["377f0683", "the file is a SQLite WAL, which is nothing without its database"],
	["ffffffffffffffff", "the file is the state.bin of an rqlite 7 snapshot; name its store and its id instead"],
	["1f8b", "the file is compressed with gzip; unpack it first"],
];

/**
 * Reads the head of a stream whose `sizeBytes` are all there, of either format (see "A snapshot stream" in FORMATS.md),
 * and checks that its sizes add up to that exactly. What the files hold is not looked at. Throws `StreamError`.
 */
export function* readStreamLayout(sizeBytes: number): Reading<StreamLayout> {
	const head = (yield { offset: 0, length: 16 }).slice();
	try {
		return yield* readEither(head, sizeBytes);
	} catch (error) {
		if (!(error instanceof StreamError)) throw error;
		const hex = Array.from(head, (byte) => byte.toString(16).padStart(2, "0")).join("");
		const other = OTHER_FILES.find(([start]) => hex.startsWith(start));
		throw other ? badStream(0, other[1]) : error;
	}
}

function* readEither(head: Uint8Array, sizeBytes: number): Reading<StreamLayout> {
	if (head.byteLength < LENGTH_SIZE) {
		throw new StreamError("stream-truncated", head.byteLength, "the stream ends in the length of its header");
	}
	const view = new DataView(head.buffer);
	const long = view.getBigUint64(0, true);
	if (long <= sizeBytes - LENGTH_SIZE) return yield* readGenerationsStream(long, sizeBytes);
	const short = view.getUint32(0);
	// A header begins with a field's tag, which is never 0; there the long length has zeros below 4 GiB.
	if (short <= MAX_HEADER_BYTES && view.getUint8(4) !== 0) return yield* readRqlite10Stream(short, sizeBytes);
	if (long < BEYOND_ANY_FILE) return yield* readGenerationsStream(long, sizeBytes);
	throw badStream(0, "the file is no snapshot stream: its first bytes are not the length of a header");
}
