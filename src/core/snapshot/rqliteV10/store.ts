import { eachInTurn } from "../../eachInTurn";
import type { Cancellation, Entry, Files } from "../../files";
import type { Finding } from "../../verify/finding";
import { FULL_NEEDED } from "../flat/bearsStoreName";
import { chainsOf, type FlatSnapshot, flatStore } from "../flat/flatStore";
import type { Store } from "../model";
import type { SnapshotId } from "../snapshotId";
import { chainSnapshots, isFull } from "./chainSnapshots";
import { entryFinding, unfinishedUpgrade } from "./entries";
import { byName, REAP_PLAN, STORE_NAME, TMP_SUFFIX } from "./fileNames";
import { type Reap, readReap } from "./pendingReap";
import { reapedChain, removedChain } from "./reapedChain";
import { pendingReapFinding, type ReapProgress, reapProgress, showsReap } from "./reapProgress";
import { readSnapshotDirectory, type SnapshotDirectory } from "./snapshotDirectory";
import { parseSnapshotName } from "./snapshotName";

/** A store of `src/core/FORMATS.md`, "A store of rqlite 10", in the port's directory. Throws `FileError`. */
export async function readRqliteV10(files: Files, cancel?: Cancellation): Promise<Store> {
	const findings: Finding[] = files.name === STORE_NAME + TMP_SUFFIX ? [unfinishedUpgrade()] : [];
	const named: (Entry & { readonly id: SnapshotId })[] = [];
	let fullNeeded = false;
	for (const entry of byName(await files.list(""))) {
		const { name, kind } = entry;
		const id = parseSnapshotName(name);
		if (id && kind !== "file" && kind !== "other") {
			named.push({ ...entry, id });
		} else if (name === FULL_NEEDED) {
			fullNeeded = true;
		} else if (name !== REAP_PLAN) {
			findings.push(entryFinding(name, kind));
		}
	}
	const directories = await eachInTurn(
		named,
		({ name, id, kind }) => readSnapshotDirectory(files, name, id, kind),
		cancel,
	);
	const chains = chainsOf(directories.map((directory) => ({ ...directory, full: isFull(directory) })));
	const reap = await readReap(files, findings);
	const progress = reapProgress(chains, reap);
	if (reap?.state === "planned") findings.push(pendingReapFinding(reap, progress));
	const snapshots: FlatSnapshot[] = [];
	for (const chain of chains) {
		cancel?.throwIfAborted();
		snapshots.push(...(await snapshotsOf(files, chain, reap, progress)));
	}
	const store = flatStore("rqlite-v10", snapshots, findings, fullNeeded);
	return reap?.state === "planned" ? { ...store, pendingReap: reap.pending } : store;
}

async function snapshotsOf(
	files: Files,
	chain: readonly SnapshotDirectory[],
	reap: Reap | undefined,
	progress: ReapProgress | undefined,
): Promise<readonly FlatSnapshot[]> {
	if (reap?.state === "unknown" && showsReap(chain)) return reapedChain(chain, undefined, "begun");
	if (reap?.state !== "planned" || progress === "untouched") return chainSnapshots(files, chain);
	const { checkpoint, removes } = reap;
	if (progress && checkpoint?.directory === chain[0]?.path) return reapedChain(chain, checkpoint, progress);
	return removedChain(await chainSnapshots(files, chain), removes);
}
