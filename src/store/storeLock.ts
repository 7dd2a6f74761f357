import { join } from "node:path";
import { StoreError, storeErrorOf } from "./storeError";

/** The right to write in a store, until it is released. */
export interface StoreLock {
	/** Throws `StoreError` `store-busy` when another process took the lock because this one had stood still. */
	check(): void;
	release(): Promise<void>;
}

/** Beside `generations/`, where no reader of the layout looks. */
const LOCK = "lock";
/** A lock that its owner has not renewed for so long belongs to a process that died. */
const STALE_MILLISECONDS = 30_000;
const RENEW_MILLISECONDS = 5_000;

/**
 * Takes the lock of a store, against this process and others. It is a directory whose time of modification is renewed
 * while its owner lives; it goes when the process ends, and where that was not possible it counts no more after 30
 * seconds. Does not wait: throws `StoreError` `store-busy` at once.
 */
export async function lockStore(directory: string): Promise<StoreLock> {
	// It hooks into the end of the process as soon as it is loaded: only whoever writes loads it.
	const { lock } = await import("proper-lockfile");
	const path = join(directory, LOCK);
	let lost = false;
	let unlock: () => Promise<void>;
	try {
		unlock = await lock(directory, {
			lockfilePath: path,
			stale: STALE_MILLISECONDS,
			update: RENEW_MILLISECONDS,
			onCompromised: () => {
				lost = true;
			},
		});
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ELOCKED") throw busy(path);
		throw storeErrorOf(path, error);
	}
	return {
		check() {
			if (lost) throw busy(path);
		},
		async release() {
			if (!lost) await unlock();
		},
	};
}

function busy(path: string): StoreError {
	return new StoreError(
		"store-busy",
		path,
		`${path}: somebody is writing in the store. Try again when that is done; after a crash, in ${STALE_MILLISECONDS / 1000} seconds.`,
	);
}
