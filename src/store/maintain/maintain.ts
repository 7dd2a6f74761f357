import type { Store } from "../../core/snapshot/model";
import { nodeFiles } from "../../node/nodeFiles";
import { checkReal } from "../checkReal";
import { StoreError } from "../storeError";
import type { ReapWay } from "./finishReap";
import { inStoreWords } from "./inStoreWords";
import { type MaintenanceStep, type RunOptions, takeSteps } from "./maintenance";
import { readState } from "./readState";
import { makeReapPlan, type ReapOptions, type ReapPlan } from "./reapPlan";
import { makeRecoveryPlan, type RecoveryPlan } from "./recoveryPlan";
import { SoundLogs } from "./soundLogs";

/**
 * What `SnapshotStore.recover` would do to the store in a directory now. Reads, never writes. Throws `StoreError`:
 * `not-a-store`, `no-permission`.
 */
export function planRecover(directory: string, way: ReapWay = {}): Promise<RecoveryPlan> {
	return inStoreWords(directory, async () => {
		const files = nodeFiles(directory);
		return makeRecoveryPlan(files, await readState(files), way);
	});
}

/**
 * What `SnapshotStore.reap` would do to the store in a directory now: the steps of a recovery that comes first, then its
 * own. Reads the current generation's WALs to their ends, never writes. Throws `StoreError`: `retain-too-low`, `damaged`,
 * `base-missing`, `plan-unreadable`, `not-a-store`, `no-permission`.
 */
export function planReap(directory: string, options: ReapOptions = {}): Promise<ReapPlan> {
	return inStoreWords(directory, async () => (await readReapPlan(directory, options)).plan);
}

/** The plan, and the store it was made for. */
async function readReapPlan(
	directory: string,
	options: ReapOptions,
): Promise<{ readonly plan: ReapPlan; readonly store: Store }> {
	const files = nodeFiles(directory);
	const state = await readState(files);
	const recovery = await makeRecoveryPlan(files, state, options);
	const { steps, keep } = await makeReapPlan(directory, state.store, recovery, options);
	return { plan: { steps: [...recovery.steps, ...steps], keep }, store: state.store };
}

/** Brings a store in order; whoever calls it holds the lock. Answers what it has done. Throws `StoreError`. */
export function recover(directory: string, options: RunOptions): Promise<RecoveryPlan> {
	return inStoreWords(directory, async () => {
		const plan = await planRecover(directory);
		return { ...plan, steps: await takeOrDoWithout(directory, plan.steps, options) };
	});
}

/** Recovers, then reaps; whoever calls it holds the lock. Answers what it has done. Throws `StoreError`. */
export function reap(directory: string, options: ReapOptions & RunOptions): Promise<ReapPlan> {
	return inStoreWords(directory, async () => {
		const recovery = await recover(directory, options);
		requireUsable(recovery);
		const { logs = new SoundLogs() } = options;
		const { plan, store } = await readReapPlan(directory, { ...options, logs });
		if (plan.steps.length === 0) return { ...plan, steps: recovery.steps };
		await requireReal(directory, store);
		const taken = await takeOrDoWithout(directory, plan.steps, { ...options, logs });
		return { ...plan, steps: [...recovery.steps, ...taken] };
	});
}

/** Takes steps; where the disk has no room to merge WALs, those that do without it. Answers which ones it took. */
async function takeOrDoWithout(
	directory: string,
	steps: readonly MaintenanceStep[],
	options: RunOptions,
): Promise<readonly MaintenanceStep[]> {
	let taken = 0;
	const progress: RunOptions["progress"] = (step, number, total) => {
		taken = number - 1;
		options.progress?.(step, number, total);
	};
	try {
		await takeSteps(directory, steps, { ...options, progress });
		return steps;
	} catch (error) {
		const noRoom = error instanceof StoreError && error.code === "no-space" && steps[taken]?.step === "merge-wals";
		if (!noRoom) throw error;
		const rest = await planRecover(directory, { merge: false });
		await takeSteps(directory, rest.steps, options);
		return [...steps.slice(0, taken), ...rest.steps];
	}
}

/** Throws the problem that stands in the way of the store's work, if there is one. */
export function requireUsable({ problems }: RecoveryPlan): void {
	const problem = problems.find(({ current }) => current);
	if (problem) throw new StoreError(problem.code, problem.path, problem.message);
}

/** What stays must not be a link to what goes. */
async function requireReal(directory: string, { generations }: Store): Promise<void> {
	const current = generations.at(-1);
	for (const { path, files } of current?.snapshots ?? []) {
		for (const part of [path, ...files.map((file) => file.path)]) await checkReal(directory, part);
	}
	if (current?.base) await checkReal(directory, current.base.path);
}
