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
