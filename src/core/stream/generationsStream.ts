import { fromBinary } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import type { Reading } from "../reading";
import { badStream, decoding } from "./streamError";
import { IncrementalSnapshotSchema, type StreamHeader, StreamHeaderSchema } from "./streamHeader_pb";
import {
	type ByteRange,
	checkEnd,
	checkHeader,
	checkVersion,
	layFiles,
	MAX_HEADER_BYTES,
	type StreamLayout,
} from "./streamLayout";

export const STREAM_VERSION = 1;
/** The header's length, little-endian, stands before it. */
export const LENGTH_SIZE = 8;

/** A tag and a length, or a tag and a number. */
const MAX_FIELD_HEAD = 20;

const INCREMENTAL = StreamHeaderSchema.field.incrementalSnapshot.number;
const DATA = IncrementalSnapshotSchema.field.data.number;

/**
 * Reads the head of a stream of a store with generations, behind the `length` of its header. The WAL of an incremental
 * snapshot lies inside the header; it is found, not read. Throws `StreamError`.
 */
export function* readGenerationsStream(length: bigint, sizeBytes: number): Reading<StreamLayout> {
	checkHeader(LENGTH_SIZE, length, sizeBytes);
	const end = LENGTH_SIZE + Number(length);
	const { header, wal } = yield* readHeader(end);
	checkVersion(header.version, STREAM_VERSION, LENGTH_SIZE);
	if (wal) {
		if (header.payload.case === "fullSnapshot") throw badStream(LENGTH_SIZE, "the header names two kinds of snapshot");
		checkEnd(BigInt(end), sizeBytes);
		return { kind: "incremental", wal };
	}
	if (header.payload.case !== "fullSnapshot" || !header.payload.value.db) {
		throw badStream(LENGTH_SIZE, "the header names no snapshot");
	}
	const { db, wals } = header.payload.value;
	const sizes = [db, ...wals].map(({ size }) => size);
	const negative = sizes.find((size) => size < 0n);
	if (negative !== undefined) throw badStream(LENGTH_SIZE, `the header gives a file ${negative} bytes`);
	const [database, ...logs] = layFiles(end, sizes, sizeBytes).map((range) => ({ ...range, crc32c: undefined }));
	return { kind: "full", format: "generations", database: database!, wals: logs };
}

interface Header {
	/** Without the WAL of an incremental snapshot. */
	readonly header: StreamHeader;
	/** Where that WAL lies. */
	readonly wal: ByteRange | undefined;
}

function* readHeader(end: number): Reading<Header> {
	const kept = new Uint8Array(Math.min(end - LENGTH_SIZE, MAX_HEADER_BYTES));
	let keptBytes = 0;
	let wal: ByteRange | undefined;
	for (let at = LENGTH_SIZE; at < end; ) {
		const field = yield* readField(at, end);
		const size = field.end - at;
		if (field.number === INCREMENTAL && field.content) {
			wal = yield* findData(field.content);
		} else {
			if (keptBytes + size > kept.byteLength) throw badStream(at, "the header is too large for what it says");
			kept.set(yield { offset: at, length: size }, keptBytes);
			keptBytes += size;
		}
		at = field.end;
	}
	const header = decoding(LENGTH_SIZE, () => fromBinary(StreamHeaderSchema, kept.subarray(0, keptBytes)));
	return { header, wal };
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
	if (field.end > end) throw badStream(at, "a field of the header goes beyond its end");
	return field;
}
