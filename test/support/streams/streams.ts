import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { createCrc32c } from "../../../src/core/checksum/crc32c";
import { SnapshotHeaderSchema } from "../../../src/core/stream/rqlite10Header_pb";
import { fullStreamHead, incrementalStreamHead } from "../../../src/core/stream/streamHead";
import type { CreateOptions, SnapshotStore } from "../../../src/store/snapshotStore";

/** The stream of a full snapshot. */
export function fullStream(database: Uint8Array, wals: readonly Uint8Array[] = []): Uint8Array {
	const head = fullStreamHead(
		database.byteLength,
		wals.map(({ byteLength }) => byteLength),
	);
	return Buffer.concat([head, database, ...wals]);
}

/** The stream of an incremental snapshot. */
export function incrementalStream(wal: Uint8Array): Uint8Array {
	return Buffer.concat([incrementalStreamHead(wal.byteLength), wal]);
}

/** What the header of a stream of rqlite 10 says of one file. */
export interface Rqlite10File {
	readonly sizeBytes: bigint;
	readonly crc32: number;
}

/** The stream of a full snapshot as rqlite 10 writes it; `edit` makes its header say something else. */
export async function rqlite10Stream(
	database: Uint8Array,
	wals: readonly Uint8Array[] = [],
	edit: (file: Rqlite10File, at: number) => Partial<Rqlite10File> = () => ({}),
): Promise<Uint8Array> {
	const crc = await createCrc32c();
	const [dbHeader, ...walHeaders] = [database, ...wals].map((bytes, at) => {
		crc.reset();
		crc.update(bytes);
		const file = { sizeBytes: BigInt(bytes.byteLength), crc32: crc.digest() };
		return { ...file, ...edit(file, at) };
	});
	const head = rqlite10Head({
		formatVersion: 1,
		payload: { case: "full", value: { dbHeader: dbHeader!, walHeaders } },
	});
	return Buffer.concat([head, database, ...wals]);
}

/** The head of a stream as rqlite 10 writes it. */
export function rqlite10Head(header: MessageInitShape<typeof SnapshotHeaderSchema>): Uint8Array {
	return rqlite10Framed(toBinary(SnapshotHeaderSchema, create(SnapshotHeaderSchema, header)));
}

/** Bytes behind their length, as rqlite 10 writes it. */
export function rqlite10Framed(header: Uint8Array): Uint8Array {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(header.byteLength);
	return Buffer.concat([length, header]);
}

/** What Raft says about a snapshot; index and term 1 when not given. */
export function raft(options: Partial<CreateOptions> = {}): CreateOptions {
	const configuration = [{ id: "node1", address: "localhost:4002", suffrage: "voter" }] as const;
	return { version: 1, index: 1n, term: 1n, configuration, configurationIndex: 1n, ...options };
}

/** Makes a snapshot of a stream in a few pieces; answers its id. */
export async function add(
	store: SnapshotStore,
	stream: Uint8Array,
	options: Partial<CreateOptions> = {},
): Promise<string> {
	const sink = await store.create(raft(options));
	const piece = Math.ceil(stream.byteLength / 3);
	for (let at = 0; at < stream.byteLength; at += piece) await sink.write(stream.subarray(at, at + piece));
	await sink.close();
	return sink.id;
}
