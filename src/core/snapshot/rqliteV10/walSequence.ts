import { FileError, type Files } from "../../files";
import { FormatError } from "../../formatError";
import { parseWalHeader, WAL_HEADER_SIZE, type WalHeader } from "../../sqlite/wal/header";
import type { Finding } from "../../verify/finding";
import { note } from "../entryFindings";
import type { DirectoryWal } from "./snapshotDirectory";

/** A WAL of a chain, and the ids of the snapshots whose state it is part of. */
export interface ChainWal extends DirectoryWal {
	readonly snapshots: readonly string[];
}

/**
 * What the names of a chain's WALs, in the order in which they apply, tell of those that are gone or out of place. Only
 * where names leave a gap are the headers of the two WALs beside it read: an attempt that failed leaves one as well.
 * `undefined` stands where it is known already that some are missing.
 */
export async function walSequenceFindings(
	files: Files,
	wals: readonly (ChainWal | undefined)[],
): Promise<readonly Finding[]> {
	const findings: Finding[] = [];
	for (const [at, wal] of wals.entries()) {
		const before = wals[at - 1];
		if (before?.name.kind !== "own" || wal?.name.kind !== "own") continue;
		if (wal.name.nanoseconds < before.name.nanoseconds) findings.push(...outOfOrder(before, wal));
		const lost = wal.name.counter - before.name.counter - 1;
		if (lost > 0 && (await headersAgree(files, before, wal, lost + 1)))
			findings.push(...lostBetween(before, wal, lost));
	}
	return findings;
}

/** Whether checkpoint sequence and first salt have gone up by as much as the counter in the names. */
async function headersAgree(files: Files, before: ChainWal, wal: ChainWal, steps: number): Promise<boolean> {
	const [a, b] = [await readHeader(files, before.path), await readHeader(files, wal.path)];
	if (!a || !b) return false;
	const up = (from: number, to: number) => (to - from) >>> 0;
	return up(a.checkpointSequence, b.checkpointSequence) === steps && up(a.salt1, b.salt1) === steps;
}

/** `undefined` when it is damaged or cannot be read: reading the WAL itself tells. */
async function readHeader(files: Files, path: string): Promise<WalHeader | undefined> {
	try {
		return parseWalHeader(await files.read(path, 0, WAL_HEADER_SIZE));
	} catch (error) {
		if (error instanceof FormatError || error instanceof FileError) return undefined;
		throw error;
	}
}

function lostBetween(before: ChainWal, wal: ChainWal, lost: number): readonly Finding[] {
	const what = lost === 1 ? "A WAL is" : `${lost} WALs are`;
	const message = `${what} missing between ${before.path} and ${wal.path}: the counter in their names, the checkpoint sequence and the first salt leave the same gap.`;
	const advice = "Take what is missing from a backup or another node. Snapshots before the gap are not affected.";
	return [before, wal].map(({ path }) => note("wal-lost", "error", path, message, advice, wal.snapshots));
}

function outOfOrder(before: ChainWal, wal: ChainWal): readonly Finding[] {
	const message = `${wal.path} is older by its name than ${before.path}, which applies before it.`;
	const advice =
		"The node's clock was set back, or directories of snapshots have been renamed: compare with another node before you rely on it.";
	return [before, wal].map(({ path }) => note("wal-order", "warning", path, message, advice));
}
