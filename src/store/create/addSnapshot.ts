import type { Cancellation } from "../../core/files";
import { pieceMemory } from "../../core/pieceMemory";
import { findSnapshot } from "../../core/snapshot/catalog";
import type { Snapshot } from "../../core/snapshot/model";
import { visible } from "../../core/text";
import type { SnapshotSource } from "../../node/snapshotSource";
import type { SnapshotStore } from "../snapshotStore";
import { StoreError } from "../storeError";
import { SNAPSHOT_VERSION } from "./metaText";

export interface AddOptions {
	/** Of the last log entry that the snapshot covers, uint64. */
	readonly index: bigint;
	/** Of that entry, uint64. */
	readonly term: bigint;
	readonly cancel?: Cancellation;
	/** Bytes of the snapshot's stream taken so far. */
	readonly progress?: (takenBytes: number, totalBytes: number) => void;
}

const PIECE_SIZE = 1 << 20;

/**
 * Adds a snapshot of files outside the store. Its Raft configuration is that of the newest snapshot; where there is none
 * it names no servers. When the promise resolves the snapshot is listed and durable; when it rejects the store is as it
 * was. The source stays open. Throws `out-of-order` for a snapshot older than the newest one, what `SnapshotSink.close` throws, `store-busy`, the reason of a cancellation, and
 * `FileError` when the source was changed while it was read.
 */
export async function addSnapshot(
	store: SnapshotStore,
	{ path, head, body, confirm }: SnapshotSource,
	{ index, term, cancel, progress }: AddOptions,
): Promise<Snapshot> {
	const { newest } = await store.read();
	if (newest && (term < newest.term || (term === newest.term && index < newest.index))) {
		const message = `A snapshot of term ${term} and index ${index} would be older than the newest one, ${newest.id}. Give the term and index of the last log entry that the database holds.`;
		throw new StoreError("out-of-order", store.directory, message);
	}
	const meta = newest?.meta;
	const sink = await store.create({
		version: SNAPSHOT_VERSION,
		index,
		term,
		configuration: meta?.servers ?? [],
		configurationIndex: meta?.configurationIndex ?? 0n,
	});
	try {
		await sink.write(head);
		const buffer = pieceMemory(Math.min(PIECE_SIZE, body.sizeBytes));
		for (let at = 0; at < body.sizeBytes; ) {
			cancel?.throwIfAborted();
			const piece = buffer.subarray(0, body.readInto(buffer, at));
			if (piece.byteLength === 0) break; // shorter than when it was opened, which `confirm` tells
			await sink.write(piece);
			at += piece.byteLength;
			progress?.(head.byteLength + at, head.byteLength + body.sizeBytes);
		}
		confirm();
		cancel?.throwIfAborted();
		await sink.close();
	} catch (error) {
		// What is wrong with the stream is wrong with the file that it was made of.
		if (!(error instanceof StoreError) || error.path !== sink.stream) throw error;
		throw new StoreError(error.code, path, `${visible(path)}: ${error.message}`, { cause: error });
	} finally {
		await sink.cancel();
	}
	const added = findSnapshot(await store.read(), sink.id);
	if (!added) throw new Error(`the snapshot ${sink.id} was closed and is not listed`);
	return added;
}
