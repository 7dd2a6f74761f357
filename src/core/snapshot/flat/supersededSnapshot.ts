import type { Finding } from "../../verify/finding";
import { note } from "../entryFindings";
import type { SnapshotId } from "../snapshotId";

/** A snapshot whose data a node has removed, or changed, for a newer one. `path`: of the data that is gone. */
export function supersededSnapshot(path: string, { id }: SnapshotId): Finding {
	return note(
		"snapshot-superseded",
		"info",
		path,
		`${path} is gone: a newer snapshot has taken the place of this one.`,
		"Nothing to do. Use the newer snapshot.",
		[id],
	);
}
