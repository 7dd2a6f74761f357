import type { Finding } from "../verify/finding";
import type { Snapshot, SnapshotMeta, StoreFile } from "./model";
import { createdAt, type SnapshotId } from "./snapshotId";

/** What reading a snapshot's directory gives, in every layout. */
export interface SnapshotParts {
	readonly id: SnapshotId;
	/** Of its directory. */
	readonly path: string;
	readonly full: boolean;
	/** `undefined` for an incremental snapshot, and for a full one whose data is gone: a finding then says why. */
	readonly base: StoreFile | undefined;
	/** Its own, in the order in which they apply. */
	readonly wals: readonly StoreFile[];
	readonly meta: SnapshotMeta | undefined;
	/** On its own files. Those that make it unrestorable name it and those after it in its chain. */
	readonly findings: readonly Finding[];
}

/** The snapshot as it stands in the model. `generation`: the name of its own. */
export function listedSnapshot(parts: SnapshotParts, generation: string): Snapshot {
	const { id, path, full, base, wals, meta, findings } = parts;
	const files = base ? [base, ...wals] : wals;
	return {
		id: id.id,
		path,
		generation,
		term: id.term,
		index: id.index,
		createdAt: createdAt(id),
		kind: full ? "full" : "incremental",
		files,
		wals,
		sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
		meta,
		findings,
	};
}
