import type { Cancellation } from "../../core/files";
import { chainOf } from "../../core/snapshot/chain";
import type { KnownLogs } from "../../core/snapshot/knownLogs";
import type { Store } from "../../core/snapshot/model";
import { openImage } from "../../core/snapshot/openImage";
import type { Finding } from "../../core/verify/finding";
import { openChain } from "../../node/openChain";
import { nativePath } from "../nativePath";
import { StoreError } from "../storeError";
import { finishReap } from "./finishReap";
import type { MaintenanceStep } from "./maintenance";
import { INTENT_PATH, type ReapIntent } from "./reapIntent";
import type { RecoveryPlan } from "./recoveryPlan";
import { SoundLogs } from "./soundLogs";

export interface ReapPlan {
	/** In order. Empty: nothing is to be done, and nothing will be written. */
	readonly steps: readonly MaintenanceStep[];
	/** Ids of the snapshots that stay, oldest first. */
	readonly keep: readonly string[];
}

export interface ReapOptions {
	/** How many of the newest snapshots stay; at least 2, which is also what it is when not given. */
	readonly retain?: number | undefined;
	readonly cancel?: Cancellation;
	/** Where the logs are noted that were read for the plan, all of them sound; those that are there already are not read. */
	readonly logs?: SoundLogs;
}

const LEAST_RETAIN = 2;

/**
 * Plans a reap of a store as its recovery leaves it: the newest `retain` snapshots of the current generation stay,
 * the older ones and all older generations go. Reads the WALs of the current generation to their ends, never writes.
 * Throws `StoreError`: `retain-too-low`, and `damaged` when any file of that generation is not sound: a base that is
 * changed cannot be changed back.
 */
export async function makeReapPlan(
	directory: string,
	before: Store,
	{ after: store, problems }: RecoveryPlan,
	{ retain = LEAST_RETAIN, cancel, logs = new SoundLogs() }: ReapOptions = {},
): Promise<ReapPlan> {
	if (!Number.isSafeInteger(retain) || retain < LEAST_RETAIN) {
		throw new StoreError(
			"retain-too-low",
			"",
			`A reap must keep at least ${LEAST_RETAIN} snapshots; ${retain} were asked for.`,
		);
	}
	const problem = problems.find(({ current }) => current);
	if (problem) throw new StoreError(problem.code, problem.path, problem.message);
	const generation = store.generations.at(-1);
	if (!generation || generation.snapshots.length === 0) return { steps: [], keep: [] };
	const ids = generation.snapshots.map(({ id }) => id);
	const keep = ids.slice(-retain);
	const intent: ReapIntent = {
		version: 1,
		generation: generation.name,
		removeGenerations: store.generations.slice(0, -1).map(({ name }) => name),
		removeSnapshots: ids.slice(0, -keep.length),
		keep,
	};
	if (intent.removeGenerations.length + intent.removeSnapshots.length === 0) return { steps: [], keep };
	await requireSound({ directory, store: before, name: generation.name }, logs, cancel);
	return { steps: [{ step: "write-plan", path: INTENT_PATH, plan: intent }, ...finishReap(store, intent)], keep };
}

/** Throws where a file of the generation `name` is not sound. `store`: as it is on disk. Each WAL is read at most once. */
async function requireSound(
	{ directory, store, name }: { readonly directory: string; readonly store: Store; readonly name: string },
	logs: SoundLogs,
	cancel?: Cancellation,
): Promise<void> {
	const generation = store.generations.find((candidate) => candidate.name === name);
	const newest = generation?.snapshots.at(-1);
	if (!generation || !newest) return;
	const listed = [...generation.findings, ...generation.snapshots.flatMap(({ findings }) => findings)];
	refuse(listed.find(({ severity }) => severity === "error"));
	// The newest snapshot's chain holds the base and every WAL there is.
	const chain = chainOf(store, newest);
	const stamps = chain.wals.map(({ path }) => logs.stamp(nativePath(directory, path)));
	const files = await openChain(directory, chain);
	try {
		const stampOf = new Map(files.wals.map(({ source }, n) => [source, stamps[n]!]));
		const known: KnownLogs = {
			find: (source) => logs.find(stampOf.get(source)!),
			add: (source, log) => logs.add(stampOf.get(source)!, log),
		};
		refuse(openImage(files, newest.id, { cancel, known }).report.findings[0]);
	} finally {
		files.close();
	}
}

function refuse(fault: Finding | undefined): void {
	if (fault) throw new StoreError("damaged", fault.path, `Nothing was reaped: ${fault.message} ${fault.advice}`);
}
