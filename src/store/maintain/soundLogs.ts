import type { KnownLog } from "../../core/snapshot/knownLogs";
import type { AppliedFrames } from "../../core/sqlite/wal/scan";
import { stampOf } from "../../node/fileStamps";

/** Logs that were read to their ends and found sound, so that they need not be read again, wherever they were moved. */
export class SoundLogs {
	readonly #logs = new Map<string, KnownLog>();

	/** What a file is now, to be asked before it is read. `path` is one of the file system. */
	stamp(path: string): string {
		return stampOf(path);
	}

	add(stamp: string, log: KnownLog): void {
		this.#logs.set(stamp, log);
	}

	/** What is known of the log in a file that was this. */
	find(stamp: string): KnownLog | undefined {
		return this.#logs.get(stamp);
	}

	/** The frames of a log; `undefined` for one that was not read, or was changed since. */
	framesOf(path: string): AppliedFrames | undefined {
		return this.find(stampOf(path))?.scan;
	}
}
