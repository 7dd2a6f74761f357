import { StoreError } from "../storeError";

/** A file that is not what it was when its snapshot was opened. */
export function changedWhileReading(path: string): StoreError {
	return new StoreError(
		"changed-while-reading",
		path,
		`${path} was changed while the snapshot was read. Read it again; a reap may have been at work.`,
	);
}
