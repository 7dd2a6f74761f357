import { joinPath } from "../../files";
import type { Finding, FindingCode } from "../../verify/finding";
import { note } from "../entryFindings";
import type { FlatSnapshot } from "../flat/flatStore";
import type { StoreFile } from "../model";
import { baseOf, isFull, walsOf } from "./chainSnapshots";
import { databaseFindings } from "./dataFindings";
import { DATABASE } from "./fileNames";
import type { ReapCheckpoint } from "./pendingReap";
import type { ReapProgress } from "./reapProgress";
import type { SnapshotDirectory } from "./snapshotDirectory";

/** Findings that a reap explains: it writes these files anew before it is done. */
const EXPLAINED: readonly FindingCode[] = [
	"meta-mismatch",
	"sidecar-missing",
	"sidecar-unreadable",
	"sidecar-disabled",
];

/**
 * The snapshots of a chain that a reap has begun to change: only the newest has a state, and that only when all WALs are
 * in the database. When its directory is gone already, the database's own is listed as what it is about to be called.
 */
export function reapedChain(
	chain: readonly SnapshotDirectory[],
	checkpoint: ReapCheckpoint | undefined,
	progress: Exclude<ReapProgress, "untouched">,
): readonly FlatSnapshot[] {
	const [first, ...others] = chain;
	if (!first) return [];
	const base = baseOf(first);
	const newestGone = progress === "checkpointed" && !chain.some(({ path }) => path === checkpoint?.newest);
	const id = (newestGone && checkpoint?.target) || first.id;
	const survivor = progress === "begun" ? undefined : newestGone ? checkpoint?.target?.id : checkpoint?.newest;
	const ids = [id.id, ...others.map((directory) => directory.id.id)];
	const gone = ids.filter((listed) => listed !== survivor);
	return [
		{
			id,
			path: first.path,
			full: isFull(first),
			// Its checksum file may still be that of the database before the reap.
			base: base && withoutSidecar(base),
			wals: walsOf(first),
			meta: first.meta,
			findings: [
				...first.findings.filter(({ code }) => !EXPLAINED.includes(code)),
				...databaseFindings({ ...first, databaseWal: undefined }, ids),
				...(base ? supersededFindings(joinPath(first.path, DATABASE), survivor, gone) : []),
			],
		},
		...others.map((directory) => ({
			id: directory.id,
			path: directory.path,
			full: false,
			base: undefined,
			wals: walsOf(directory),
			meta: directory.meta,
			findings: directory.id.id === survivor ? directory.findings : [],
		})),
	];
}

function withoutSidecar({ sidecar: _, ...file }: StoreFile): StoreFile {
	return file;
}

/** `survivor`: the only id whose state is left, if any. */
function supersededFindings(
	database: string,
	survivor: string | undefined,
	snapshots: readonly string[],
): readonly Finding[] {
	if (snapshots.length === 0) return [];
	if (survivor !== undefined) {
		const message = `${database} holds the state of ${survivor}: a reap that was cut short has moved the WALs of its chain there.`;
		const advice = `The other snapshots of the chain are gone, as the reap meant them to be. Use ${survivor}.`;
		return [note("reap-superseded", "error", database, message, advice, snapshots)];
	}
	const message = `${database} has the state of no snapshot: a reap was cut short while it moved WALs there, one after the other.`;
	const advice =
		"Copy the store and let a node start on the copy: it finishes the reap, and the newest snapshot is whole then. Or use another chain or node.";
	return [note("reap-superseded", "error", database, message, advice, snapshots)];
}

/** Snapshots of a chain that the reap only removes: what is missing of them was meant to go. */
export function removedChain(
	snapshots: readonly FlatSnapshot[],
	removes: ReadonlySet<string>,
): readonly FlatSnapshot[] {
	return snapshots.map((snapshot) => {
		const lost = new Set(snapshot.findings.flatMap((finding) => finding.snapshots));
		if (lost.size === 0 || !removes.has(snapshot.path)) return snapshot;
		const message = `${snapshot.path} is no longer whole: a reap was cut short while it removed the directory.`;
		const advice = "It is gone, as the reap meant it to be. Use a newer snapshot.";
		return { ...snapshot, findings: [note("reap-superseded", "error", snapshot.path, message, advice, [...lost])] };
	});
}
