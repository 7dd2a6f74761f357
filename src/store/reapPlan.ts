import type { Cancellation } from "../core/files";
import { chainOf } from "../core/snapshot/chain";
import type { Store } from "../core/snapshot/model";
import { openImage } from "../core/snapshot/openImage";
import type { Finding } from "../core/verify/finding";
import { openChain } from "../node/openChain";
import { finishReap } from "./finishReap";
import type { MaintenanceStep } from "./maintenance";
import { INTENT_PATH, type ReapIntent } from "./reapIntent";
import type { RecoveryPlan } from "./recoveryPlan";
import { StoreError } from "./storeError";

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
	{ retain = LEAST_RETAIN, cancel }: ReapOptions = {},
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
	await requireSound(directory, before, generation.name, cancel);
	return { steps: [{ step: "write-plan", path: INTENT_PATH, plan: intent }, ...finishReap(store, intent)], keep };
}

/** Throws where a file of the generation is not sound. `store`: as it is on disk. Each WAL is read once. */
async function requireSound(directory: string, store: Store, name: string, cancel?: Cancellation): Promise<void> {
	const generation = store.generations.find((candidate) => candidate.name === name);
	const newest = generation?.snapshots.at(-1);
	if (!generation || !newest) return;
	const listed = [...generation.findings, ...generation.snapshots.flatMap(({ findings }) => findings)];
	refuse(listed.find(({ severity }) => severity === "error"));
	// The newest snapshot's chain holds the base and every WAL there is.
	const chain = await openChain(directory, chainOf(store, newest));
	try {
		refuse(openImage(chain, newest.id, { cancel }).report.findings[0]);
	} finally {
		chain.close();
	}
}

function refuse(fault: Finding | undefined): void {
	if (fault) throw new StoreError("damaged", fault.path, `Nothing was reaped: ${fault.message} ${fault.advice}`);
}
