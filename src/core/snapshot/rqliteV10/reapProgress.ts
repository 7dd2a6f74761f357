import { joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { note } from "../entryFindings";
import { DATABASE, REAP_PLAN } from "./fileNames";
import type { PlannedReap, Reap, ReapCheckpoint } from "./pendingReap";
import type { SnapshotDirectory } from "./snapshotDirectory";

/**
 * How far a reap has come with moving a chain's WALs into its database: not begun; some are in it; all are. The database
 * is written in place, so from the first WAL on it is no longer what its own directory says.
 */
export type ReapProgress = "untouched" | "begun" | "checkpointed";

type Chain = readonly SnapshotDirectory[];

/** `undefined` when no plan moves WALs into a database of the store, or its directory bears its new name already. */
export function reapProgress(chains: readonly Chain[], reap: Reap | undefined): ReapProgress | undefined {
	const checkpoint = reap?.state === "planned" ? reap.checkpoint : undefined;
	const chain = checkpoint && chains.find(([first]) => first?.path === checkpoint.directory);
	return chain && chainProgress(chain, checkpoint);
}

function chainProgress(chain: Chain, checkpoint: ReapCheckpoint): ReapProgress {
	const newest = chain.findIndex(({ path }) => path === checkpoint.newest);
	const concerned = newest < 0 ? chain : chain.slice(0, newest + 1);
	const wals = concerned.flatMap((directory) => directory.wals);
	const left = new Set(wals.flatMap(({ path, data }) => (data.state === "absent" ? [] : path)));
	if (checkpoint.wals.every((path) => path !== undefined && left.has(path))) return "untouched";
	const finished =
		left.size === 0 &&
		!checkpoint.wals.includes(undefined) &&
		!chain[0]?.databaseWal &&
		concerned.every(({ unusable }) => !unusable);
	return finished ? "checkpointed" : "begun";
}

/** Whether a chain looks as if a reap had begun: WALs are gone whose checksum files are there, or one lies beside the database. */
export function showsReap(chain: Chain): boolean {
	return chain.some(({ databaseWal, wals }) => databaseWal || wals.some(({ data }) => data.state === "absent"));
}

/** That a plan is there, and what it means for the store. */
export function pendingReapFinding({ checkpoint }: PlannedReap, progress: ReapProgress | undefined): Finding {
	const database = checkpoint && joinPath(checkpoint.directory, DATABASE);
	const state = {
		untouched: "before it changed anything",
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
