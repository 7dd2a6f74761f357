import type { Entry, Files } from "../../files";
import { parseSnapshotId } from "../snapshotId";

/** Tells the node that its next snapshot must be a full one; in the stores of rqlite 8 and later. */
export const FULL_NEEDED = "FULL_NEEDED";

/**
 * Whether a directory has the name that rqlite gives a store, and nothing speaks against it: it is empty,
 * or has something that is named as in a store. Many projects have a directory `snapshots`.
 */
export function bearsStoreName({ name }: Pick<Files, "name">, entries: readonly Entry[], storeName: string): boolean {
	if (name !== storeName) return false;
	return entries.length === 0 || entries.some((entry) => entry.name === FULL_NEEDED || isSnapshotName(entry.name));
}

function isSnapshotName(name: string): boolean {
	return parseSnapshotId(name.replace(/\.tmp$/, "")) !== undefined;
}
