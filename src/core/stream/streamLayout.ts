import { fromBinary } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import type { Reading } from "../reading";
import { StreamError } from "./streamError";
import { IncrementalSnapshotSchema, type StreamHeader, StreamHeaderSchema } from "./streamHeader_pb";

/** Where the files of a snapshot lie in its stream. */
export type StreamLayout =
	| {
			readonly kind: "full";
			readonly database: ByteRange;
			/** In the order in which they apply to the database. */
			readonly wals: readonly ByteRange[];
	  }
	| { readonly kind: "incremental"; readonly wal: ByteRange };

export interface ByteRange {
	/** Bytes from the start of the stream. */
	readonly offset: number;
	readonly length: number;
}

export const STREAM_VERSION = 1;
/** The header's length, little-endian, stands before it. */
export const LENGTH_SIZE = 8;

/** What a header says beside a WAL has a few bytes for each file; more than this is none. */
const MAX_HEADER_BYTES = 1 << 20;
/** A tag and a length, or a tag and a number. */
const MAX_FIELD_HEAD = 20;

const INCREMENTAL = StreamHeaderSchema.field.incrementalSnapshot.number;
const DATA = IncrementalSnapshotSchema.field.data.number;

/**
 * Reads the head of a stream whose `sizeBytes` are all there, and checks that its sizes add up to that exactly. The WAL
 * of an incremental snapshot lies inside the header; it is found, not read. Throws `StreamError`.
 */
export function* readStreamLayout(sizeBytes: number): Reading<StreamLayout> {
	const { header, end, wal } = yield* readHeader(sizeBytes);
	if (header.version !== STREAM_VERSION) {
		throw new StreamError(
			"unsupported-version",
			LENGTH_SIZE,
			`the stream has version ${header.version}; ${STREAM_VERSION} is the one that is known`,
		);
	}
	if (wal) {
		if (header.payload.case === "fullSnapshot") throw bad(LENGTH_SIZE, "the header names two kinds of snapshot");
		checkEnd(end, sizeBytes);
		return { kind: "incremental", wal };
	}
	if (header.payload.case !== "fullSnapshot" || !header.payload.value.db) {
		throw bad(LENGTH_SIZE, "the header names no snapshot");
	}
	const { db, wals } = header.payload.value;
	let at = end;
	const [database, ...logs] = [db, ...wals].map(({ size }) => {
		const length = Number(size);
		if (length < 0) throw bad(LENGTH_SIZE, `the header gives a file ${size} bytes`);
		const range = { offset: at, length };
		at += length;
		return range;
	});
	checkEnd(at, sizeBytes);
	return { kind: "full", database: database!, wals: logs };
}

function checkEnd(end: number, sizeBytes: number): void {
	if (end > sizeBytes) {
		throw new StreamError(
			"stream-truncated",
			sizeBytes,
			`the stream ends at byte ${sizeBytes}, its header says ${end}`,
		);
	}
	if (end < sizeBytes) {
		throw new StreamError("stream-too-long", end, `the stream goes on to byte ${sizeBytes}, its header says ${end}`);
	}
}

interface Header {
	/** Without the WAL of an incremental snapshot. */
	readonly header: StreamHeader;
	/** Where the header ends. */
	readonly end: number;
	/** Where that WAL lies. */
	readonly wal: ByteRange | undefined;
}

function* readHeader(sizeBytes: number): Reading<Header> {
	const head = yield { offset: 0, length: LENGTH_SIZE };
	if (head.byteLength < LENGTH_SIZE) {
		throw new StreamError("stream-truncated", head.byteLength, "the stream ends in the length of its header");
	}
	const length = new DataView(head.buffer, head.byteOffset, LENGTH_SIZE).getBigUint64(0, true);
	if (length > BigInt(sizeBytes - LENGTH_SIZE)) {
		throw new StreamError(
			"stream-truncated",
			sizeBytes,
			`the stream ends at byte ${sizeBytes}, its header alone has ${length}`,
		);
	}
	const end = LENGTH_SIZE + Number(length);
	const kept = new Uint8Array(Math.min(Number(length), MAX_HEADER_BYTES));
	let keptBytes = 0;
	let wal: ByteRange | undefined;
	for (let at = LENGTH_SIZE; at < end; ) {
		const field = yield* readField(at, end);
		const size = field.end - at;
		if (field.number === INCREMENTAL && field.content) {
			wal = yield* findData(field.content);
		} else {
			if (keptBytes + size > kept.byteLength) throw bad(at, "the header is too large for what it says");
			kept.set(yield { offset: at, length: size }, keptBytes);
			keptBytes += size;
		}
		at = field.end;
	}
	const header = decoding(LENGTH_SIZE, () => fromBinary(StreamHeaderSchema, kept.subarray(0, keptBytes)));
	return { header, end, wal };
}

interface Field {
	readonly number: number;
	/** Bytes with a length before them: text, bytes, a message. */
	readonly content: ByteRange | undefined;
	readonly end: number;
}

/** The last `data` of an incremental snapshot, as protobuf reads a field that stands there twice. */
function* findData({ offset, length }: ByteRange): Reading<ByteRange> {
	const end = offset + length;
	let found: ByteRange = { offset: end, length: 0 };
	for (let at = offset; at < end; ) {
		const field = yield* readField(at, end);
		if (field.number === DATA && field.content) found = field.content;
		at = field.end;
	}
	return found;
}

/** Layout: https://protobuf.dev/programming-guides/encoding/#structure */
function* readField(at: number, end: number): Reading<Field> {
	const bytes = yield { offset: at, length: Math.min(MAX_FIELD_HEAD, end - at) };
	const field = decoding(at, () => {
		const reader = new BinaryReader(bytes);
		const [number, type] = reader.tag();
		if (type !== WireType.LengthDelimited) {
			reader.skip(type, number);
			return { number, content: undefined, end: at + reader.pos };
		}
		const length = Number(reader.uint64());
		const offset = at + reader.pos;
		return { number, content: { offset, length }, end: offset + length };
	});
	if (field.end > end) throw bad(at, "a field of the header goes beyond its end");
	return field;
}

/** The protobuf library's own errors say what is wrong, not where. */
function decoding<T>(offset: number, decode: () => T): T {
	try {
		return decode();
	} catch (error) {
		throw bad(offset, `the header is no protobuf message: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function bad(offset: number, message: string): StreamError {
	return new StreamError("bad-stream", offset, message);
}
