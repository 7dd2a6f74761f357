import type { AppliedFrames } from "../../core/sqlite/wal/scan";
import { stampOf } from "../../node/fileStamps";

/** Logs that were read to their ends and found sound, so that they need not be read again, wherever they were moved. */
export class SoundLogs {
	readonly #frames = new Map<string, AppliedFrames>();

	/** What a file is now, to be asked before it is read. `path` is one of the file system. */
	stamp(path: string): string {
		return stampOf(path);
	}

	add(stamp: string, frames: AppliedFrames): void {
		this.#frames.set(stamp, frames);
	}

	/** The frames of a log; `undefined` for one that was not read, or was changed since. */
	framesOf(path: string): AppliedFrames | undefined {
		return this.#frames.get(stampOf(path));
	}
}
