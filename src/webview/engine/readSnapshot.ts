import type { SnapshotDescription } from "../../protocol/page";
import { RemoteError } from "../../protocol/rpc";
import { t } from "../l10n";
import { sameFiles } from "../page/sameFiles";
import type { EngineHome } from "./engineHome";
import type { StartEngine } from "./engineSession";

/** What a reading needs of the session that it is for. */
export interface Reading {
	/** Where the engine of a description is to run. */
	home(description: SnapshotDescription): EngineHome;
	/** The snapshot as it is on disk now. */
	describe(): Promise<SnapshotDescription>;
	/** The description last heard of, by whomever it was asked for. */
	latest(): SnapshotDescription | undefined;
	/** Told at the start of each try, counted from 1, and as bytes arrive. */
	progress(readBytes: number, description: SnapshotDescription, attempt: number): void;
	/** Waits that many milliseconds. */
	pause(ms: number): Promise<void>;
	readonly cancel: AbortSignal;
}

export interface ReadChain {
	/** What the store said when the files were read, and says still. */
	readonly description: SnapshotDescription;
	/** `undefined` when there is nothing to read any more: the snapshot went, or its files did. */
	readonly engines: StartEngine | undefined;
}

/** Before each further try. A node that writes a snapshot or reaps is done with most stores well within all of them. */
export const PAUSES_MS = [100, 400, 1600, 6400];

/**
 * Reads the files of a snapshot as they were at one moment: when one changes or goes while they are read, the store is
 * listed again and they are read again, a few times. Throws when they never come to rest, and when `cancel` is aborted.
 */
export async function readSnapshot(described: SnapshotDescription, reading: Reading): Promise<ReadChain> {
	let description = described;
	for (let attempt = 1; ; attempt++) {
		if (description.files.length === 0) return { description, engines: undefined };
		const engines = await readOnce(description, reading, attempt);
		if (engines !== undefined) return { description, engines };
		const pauseMs = PAUSES_MS[attempt - 1];
		if (pauseMs === undefined) throw new Error(restless(attempt));
		await reading.pause(pauseMs);
		reading.cancel.throwIfAborted();
		description = await reading.describe();
	}
}

/** `undefined`: the files are no longer those that were described. */
async function readOnce(
	description: SnapshotDescription,
	reading: Reading,
	attempt: number,
): Promise<StartEngine | undefined> {
	const progress = (readBytes: number) => reading.progress(readBytes, description, attempt);
	progress(0);
	try {
		const engines = await reading.home(description).load(description, progress, reading.cancel);
		// A piece may have been read before its file changed, and the next file after that.
		return isStill(description, await reading.describe()) ? engines : undefined;
	} catch (error) {
		reading.cancel.throwIfAborted();
		// Another listing in between moves the positions by which pieces are asked for.
		if (hasMoved(error) || !isStill(description, reading.latest())) return undefined;
		throw error;
	}
}

function isStill(before: SnapshotDescription, now: SnapshotDescription | undefined): boolean {
	return now !== undefined && now.upTo === before.upTo && sameFiles(before.files, now.files);
}

/** Whether a file was not what had been described. */
export function hasMoved(error: unknown): boolean {
	return error instanceof RemoteError && ["changed", "vanished", "not-found"].includes(error.code);
}

function restless(attempts: number): string {
	return t(
		"Its files changed on disk each of the {0} times that they were read: a node is at work in the store. Try again in a while.",
		attempts,
	);
}
