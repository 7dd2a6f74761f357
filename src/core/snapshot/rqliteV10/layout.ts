import { type Cancellation, type Entry, FileError, type Files, joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { linkFinding, note, strayEntry, unfinishedSnapshot } from "../entryFindings";
import { bearsStoreName, FULL_NEEDED } from "../flat/bearsStoreName";
import { chainsOf, type FlatSnapshot, flatStore } from "../flat/flatStore";
import type { StoreLayout } from "../layout";
import type { Store } from "../model";
import { chainSnapshots, isFull } from "./chainSnapshots";
import { byName, DATABASE, parseWalName, REAP_PLAN } from "./fileNames";
import { type Reap, readReap } from "./pendingReap";
import { type ReapProgress, reapedChain, reapProgress, removedChain } from "./reapedChain";
import { readSnapshotDirectory, type SnapshotDirectory } from "./snapshotDirectory";
import { parseSnapshotName } from "./snapshotName";

/** What rqlite calls the directory. */
const STORE_NAME = "wsnapshots";
const TMP = ".tmp";

/** The layout of `src/core/FORMATS.md`, "A store of rqlite 10". */
export const rqliteV10Layout: StoreLayout = {
	name: "rqlite-v10",
	async recognise(files, path, entries) {
		const name = path === "" ? files.name : path.slice(path.lastIndexOf("/") + 1);
		// What an upgrade that was cut short has copied so far: the store that it copies is still there.
		if (path !== "" && name.endsWith(TMP)) return false;
		if (entries.some((entry) => entry.name === REAP_PLAN && entry.kind === "file")) return true;
		for (const { name: directory } of entries.filter(isSnapshotDirectory)) {
			if (await holdsData(files, joinPath(path, directory))) return true;
		}
		return false;
	},
	async takesEmpty(files, entries) {
		return bearsStoreName(files, entries, STORE_NAME);
	},
	read: readRqliteV10Layout,
};

function isSnapshotDirectory({ name, kind }: Entry): boolean {
	return kind === "directory" && parseSnapshotName(name) !== undefined;
}

/** False for a directory that cannot be listed: another one may give the store away, or its name. */
async function holdsData(files: Files, path: string): Promise<boolean> {
	try {
		return (await files.list(path)).some(({ name }) => name === DATABASE || parseWalName(name)?.kind === "own");
	} catch (error) {
		if (error instanceof FileError) return false;
		throw error;
	}
}

async function readRqliteV10Layout(files: Files, cancel?: Cancellation): Promise<Store> {
	const findings: Finding[] = [];
	const directories: SnapshotDirectory[] = [];
	let fullNeeded = false;
	for (const { name, kind } of byName(await files.list(""))) {
		const id = parseSnapshotName(name);
		if (id && kind !== "file" && kind !== "other") {
			cancel?.throwIfAborted();
			directories.push(await readSnapshotDirectory(files, name, id, kind));
		} else if (name === FULL_NEEDED) {
			fullNeeded = true;
		} else if (name !== REAP_PLAN) {
			findings.push(entryFinding(name, kind));
		}
	}
	if (files.name === STORE_NAME + TMP) findings.push(unfinishedUpgrade());
	const reap = await readReap(files, findings);
	const chains = chainsOf(directories.map((directory) => ({ ...directory, full: isFull(directory) })));
	const snapshots: FlatSnapshot[] = [];
	const progress = reap && progressOf(reap, chains);
	for (const chain of chains) {
		cancel?.throwIfAborted();
		const checkpoint = reap?.checkpoint?.directory === chain[0]?.path ? reap?.checkpoint : undefined;
		if (checkpoint && progress && progress !== "untouched") {
			snapshots.push(...reapedChain(chain, checkpoint, progress));
		} else {
			const read = await chainSnapshots(files, chain);
			snapshots.push(...(reap && progress !== "untouched" ? removedChain(read, reap.removes) : read));
		}
	}
	if (reap) findings.push(pendingReapFinding(reap, progress));
	const store = flatStore("rqlite-v10", snapshots, findings, fullNeeded);
	return reap ? { ...store, pendingReap: reap.pending } : store;
}

/** `undefined` when the plan moves no WAL, or the directory that it moves them to is no longer there. */
function progressOf({ checkpoint }: Reap, chains: readonly (readonly SnapshotDirectory[])[]): ReapProgress | undefined {
	const chain = checkpoint && chains.find(([first]) => first?.path === checkpoint.directory);
	return chain && reapProgress(chain, checkpoint);
}

function pendingReapFinding({ checkpoint }: Reap, progress: ReapProgress | undefined): Finding {
	const database = checkpoint && joinPath(checkpoint.directory, DATABASE);
	const state = {
		untouched: "before it changed anything: every snapshot can still be read",
		begun: `while it moved WALs into ${database}: no snapshot of that chain can be read until it is finished`,
		checkpointed: `after it had moved all WALs into ${database}, which holds the state of the newest snapshot of its chain`,
	};
	const others = checkpoint
		? "when all was done but to remove its plan"
		: "while it removed snapshots that are older than the newest full one";
	return note(
		"reap-plan-pending",
		"warning",
		REAP_PLAN,
		`${REAP_PLAN}: a reap was cut short ${progress ? state[progress] : others}.`,
		"The node finishes it at its next start. Copy the store first if you want to keep what the plan removes.",
	);
}

/** What an entry is that belongs to no snapshot. */
function entryFinding(name: string, kind: Entry["kind"]): Finding {
	if (kind === "link-outside" || kind === "link-broken") return linkFinding(name, kind, "info", []);
	if (kind === "directory" && name.endsWith(TMP)) return unfinishedSnapshot(name);
	if (name === REAP_PLAN + TMP) {
		return note(
			"reap-plan-unfinished",
			"warning",
			name,
			`${name} is the plan of a reap that was cut short while it was written: nothing of it has been done.`,
			"It is ignored, and removed when the node next starts.",
		);
	}
	if (kind !== "directory") return strayEntry(name, "a store of rqlite 10");
	return note(
		"stray-entry",
		"warning",
		name,
		`${name} is no snapshot: its name is not <term>-<index>-<milliseconds>.`,
		"It is ignored. A node takes every directory for a snapshot, and may not start: move it away if you know where it came from.",
	);
}

function unfinishedUpgrade(): Finding {
	return note(
		"unfinished-upgrade",
		"warning",
		"",
		`${STORE_NAME}${TMP} is what an upgrade from rqlite 8 or 9 had copied when it was cut short.`,
		"The store that it copies, rsnapshots, is still there: use that one. The node begins the upgrade anew at its next start.",
	);
}
