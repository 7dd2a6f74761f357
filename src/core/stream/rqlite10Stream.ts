import { fromBinary } from "@bufbuild/protobuf";
import type { Reading } from "../reading";
import { SnapshotHeaderSchema } from "./rqlite10Header_pb";
import { badStream, decoding } from "./streamError";
import { checkEnd, checkHeader, checkVersion, layFiles, type StreamLayout } from "./streamLayout";

const FORMAT_VERSION = 1;
/** The header's length, big-endian, stands before it. */
const LENGTH_SIZE = 4;

/** Reads the head of a stream of rqlite 10, behind the `length` of its header. Throws `StreamError`. */
export function* readRqlite10Stream(length: number, sizeBytes: number): Reading<StreamLayout> {
	checkHeader(LENGTH_SIZE, BigInt(length), sizeBytes);
	const bytes = yield { offset: LENGTH_SIZE, length };
	const { formatVersion, payload } = decoding(LENGTH_SIZE, () => fromBinary(SnapshotHeaderSchema, bytes));
	checkVersion(formatVersion, FORMAT_VERSION, LENGTH_SIZE);
	const end = LENGTH_SIZE + length;
	switch (payload.case) {
		case "full": {
			const { dbHeader, walHeaders } = payload.value;
			if (!dbHeader) throw badStream(LENGTH_SIZE, "the header names no database");
			const files = [dbHeader, ...walHeaders];
			const sizes = files.map(({ sizeBytes: size }) => size);
			const [database, ...wals] = layFiles(end, sizes, sizeBytes).map((range, at) => ({
				...range,
				crc32c: files[at]!.crc32,
			}));
			return { kind: "full", format: "rqlite-v10", database: database!, wals };
		}
		case "incrementalFile":
			checkEnd(BigInt(end), sizeBytes);
			return { kind: "incremental-file", directory: payload.value.walDirPath };
		case undefined:
			throw badStream(LENGTH_SIZE, "the header names no snapshot");
	}
}
