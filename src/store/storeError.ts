/** Every way in which the store says no, and what it stands for. A code never changes its meaning. */
export const STORE_ERROR_CODES = {
	"retain-too-low": "a reap must keep at least two snapshots",
	"snapshot-not-found": "no listed snapshot has that id",
	"base-missing": "a generation with snapshots and without base.sqlite",
	"wal-missing": "an incremental snapshot without its wal",
	"full-needed": "an incremental snapshot, and nothing that it could follow",
	"store-busy": "another sink, reap or recovery is at work in the store, in this process or in another one",
	"not-a-store": "the directory holds other things than a snapshot store",
	"unsupported-version": "a snapshot or a stream of a version that is not known",
	"stream-truncated": "a stream that ends before what its header says",
	"stream-too-long": "a stream that goes on behind what its header says",
	"bad-stream": "a stream whose header cannot be read",
	"page-size-mismatch": "a WAL whose pages have another size than its database's",
	"wal-does-not-follow": "a WAL that proves not to continue the newest snapshot",
	"out-of-order": "a snapshot that would not be the newest one",
	damaged: "data that is not sound; nothing is built upon it",
	"sink-closed": "a sink that was closed, cancelled or has failed before",
	"plan-unreadable": "a reap-plan.json that cannot be read, or does not fit the store",
	"symbolic-link": "a symbolic link where the store would write; it is not followed",
	"no-space": "the file system has no room left",
	"no-permission": "the file system does not allow it",
	"disk-failed": "any other answer of the file system",
	"changed-while-reading": "a file of the snapshot was changed by somebody else in the meantime",
} as const;

export type StoreErrorCode = keyof typeof STORE_ERROR_CODES;

/** Why the store refused or failed. The message says what happened, to which file, and what to do next. */
export class StoreError extends Error {
	override readonly name = "StoreError";
	constructor(
		readonly code: StoreErrorCode,
		/** The file or directory it is about, in the words of the operating system, absolute. */
		readonly path: string,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** An error of Node's file system in the store's words; any other is a fault in the code and comes back as it is. */
export function storeErrorOf(path: string, error: unknown): unknown {
	if (!(error instanceof Error) || !("code" in error) || error instanceof StoreError) return error;
	switch (error.code) {
		case "ENOSPC":
		case "EDQUOT":
		case "EFBIG":
			return new StoreError(
				"no-space",
				path,
				`${path} cannot be written: no space is left. Free some, or give the store another disk, and try again.`,
				{ cause: error },
			);
		case "EACCES":
		case "EPERM":
		case "EROFS":
			return new StoreError(
				"no-permission",
				path,
				`${path} cannot be written: ${error.code === "EROFS" ? "the file system is read-only" : "no permission"}. Check who owns it and how it is mounted.`,
				{ cause: error },
			);
		default:
			return typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code)
				? new StoreError("disk-failed", path, `${path}: the file system says ${error.message}.`, { cause: error })
				: error;
	}
}
