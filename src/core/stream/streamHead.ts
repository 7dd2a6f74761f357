import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { LENGTH_SIZE, STREAM_VERSION } from "./generationsStream";
import { IncrementalSnapshotSchema, StreamHeaderSchema } from "./streamHeader_pb";

/** What stands before the database and the WALs of a full snapshot, which follow one after the other. Sizes in bytes. */
export function fullStreamHead(databaseBytes: number, walBytes: readonly number[]): Uint8Array {
	const [db, ...wals] = [databaseBytes, ...walBytes].map((size) => ({ size: BigInt(size) }));
	return withLength(
		toBinary(
			StreamHeaderSchema,
			create(StreamHeaderSchema, {
				version: STREAM_VERSION,
				payload: { case: "fullSnapshot", value: { db: db!, wals } },
			}),
		),
		0,
	);
}

/**
 * What stands before the WAL of an incremental snapshot. The WAL is the end of the header itself, so that it can follow
 * as it is read.
 */
export function incrementalStreamHead(walBytes: number): Uint8Array {
	const { incrementalSnapshot } = StreamHeaderSchema.field;
	const { data } = IncrementalSnapshotSchema.field;
	const beforeWal = new BinaryWriter();
	// An empty field is left out, as every writer of protobuf does.
	if (walBytes > 0) beforeWal.tag(data.number, WireType.LengthDelimited).uint64(walBytes);
	const start = beforeWal.finish();
	const header = new BinaryWriter()
		.raw(toBinary(StreamHeaderSchema, create(StreamHeaderSchema, { version: STREAM_VERSION })))
		.tag(incrementalSnapshot.number, WireType.LengthDelimited)
		.uint64(start.byteLength + walBytes)
		.raw(start)
		.finish();
	return withLength(header, walBytes);
}

/** A header behind its length. `moreBytes` belong to it and follow later. */
function withLength(header: Uint8Array, moreBytes: number): Uint8Array {
	const head = new Uint8Array(LENGTH_SIZE + header.byteLength);
	new DataView(head.buffer).setBigUint64(0, BigInt(header.byteLength + moreBytes), true);
	head.set(header, LENGTH_SIZE);
	return head;
}
