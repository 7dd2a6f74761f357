import type { Cancellation, Files } from "../../core/files";
import type { Generation, Store } from "../../core/snapshot/model";
import { parseSnapshotId } from "../../core/snapshot/snapshotId";
import type { Finding, FindingCode } from "../../core/verify/finding";
import { errorCode } from "../findingError";
import type { StoreErrorCode } from "../storeError";
import { checkpointingPath, finishReap, type ReapWay, UnfitIntent } from "./finishReap";
import type { MaintenanceStep } from "./maintenance";
import { mendChain } from "./mendChain";
import type { StoreState } from "./readState";
import { INTENT_PATH, type ReapIntent, TEMPORARY_INTENT_PATH } from "./reapIntent";

/** What it takes to bring a store in order after a crash. */
export interface RecoveryPlan {
	/** In order. Empty: nothing is to be done, and nothing will be written. */
	readonly steps: readonly MaintenanceStep[];
	/** What no recovery can mend; what it concerns is left as it is. */
	readonly problems: readonly RecoveryProblem[];
	/** The store as the steps will leave it. */
	readonly after: Store;
}

export interface RecoveryProblem {
	readonly code: StoreErrorCode;
	/** Relative to the store, with `/`. */
	readonly path: string;
	/** Whether it stands in the way of the store's work: it is in the current generation, or in the plan of a reap. */
	readonly current: boolean;
	/** What is wrong, with which file, and what to do next. */
	readonly message: string;
}

const SCRATCHPAD = "scratchpad";

/**
 * Plans the recovery of a store. Reads, never writes. A listed snapshot is never among what goes, unless a reap had
 * begun to remove it; of the generations only those go that are newer than every one that holds a snapshot. Throws
 * `FileError`.
 */
export async function makeRecoveryPlan(
	files: Files,
	state: StoreState,
	{ cancel, merge }: { readonly cancel?: Cancellation | undefined } & ReapWay = {},
): Promise<RecoveryPlan> {
	const { store, intent } = state;
	if (typeof intent === "string") return refuse(store, intent);
	const unfinished = unfinishedGenerations(store);
	const rest = store.generations.filter((generation) => !unfinished.includes(generation));
	const steps: MaintenanceStep[] = [...(await storeLeftovers(files, store))];
	// A generation that is a link is not known, and may be the newest.
	const unknown = store.findings.filter(({ severity }) => severity === "error");
	const problems = unknown.map((finding) => problemOf(finding, true));
	const after: Generation[] = [];
	for (const generation of rest) {
		const mended = await mendGeneration(files, generation, intent, cancel);
		if ("finding" in mended) problems.push(problemOf(mended.finding, generation === rest.at(-1)));
		else steps.push(...mended.steps);
		after.push("finding" in mended ? generation : mended.after);
	}
	if (intent) {
		try {
			steps.push(...finishReap(store, intent, { merge }));
		} catch (error) {
			if (!(error instanceof UnfitIntent)) throw error;
			return refuse(store, `it does not fit the store: ${error.message}`);
		}
	}
	for (const { path } of unfinished) steps.push({ step: "remove-generation", path });
	return { steps, problems, after: { ...store, generations: intent ? reaped(after, intent) : after } };
}

/** A plan that cannot be trusted: nobody knows what was half done, and nothing is touched. */
function refuse(store: Store, why: string): RecoveryPlan {
	const message = `${INTENT_PATH}, the plan of a reap that was cut short, cannot be carried out: ${why}. All snapshots that are listed can still be read. Remove it to give that reap up.`;
	return {
		steps: [],
		problems: [{ code: "plan-unreadable", path: INTENT_PATH, current: true, message }],
		after: store,
	};
}

/**
 * Generations without a snapshot that are newer than all others, newest first, so that what is left is always the newest.
 * One that holds something that no store writes, or cannot be looked into, stays.
 */
function unfinishedGenerations({ generations }: Store): readonly Generation[] {
	const foreign: readonly FindingCode[] = [
		"unreadable-directory",
		"stray-entry",
		"link-outside",
		"link-broken",
		"not-a-file",
	];
	const isUnfinished = ({ snapshots, findings }: Generation) =>
		snapshots.length === 0 && !findings.some(({ code }) => foreign.includes(code));
	const newest = generations.findLastIndex((generation) => !isUnfinished(generation));
	return generations.slice(newest + 1).reverse();
}

/** What a writer left in the store's own directories. */
async function storeLeftovers(files: Files, { findings }: Store): Promise<readonly MaintenanceStep[]> {
	const entries = await files.list("");
	const plan = entries.filter(({ name }) => name === TEMPORARY_INTENT_PATH).map(({ name }) => name);
	// Through a link the scratchpad's entries are somebody else's.
	const link = entries.filter(({ name, link }) => name === SCRATCHPAD && link).map(({ name }) => name);
	const scratch = link.length > 0 ? link : pathsOf(findings, "scratchpad-leftover");
	const generations = pathsOf(findings, "unfinished-generation").filter((path) => /\/\d{1,20}\.tmp$/.test(path));
	return removals([...plan, ...scratch, ...generations]);
}

async function mendGeneration(
	files: Files,
	generation: Generation,
	intent: ReapIntent | undefined,
	cancel?: Cancellation,
): Promise<Awaited<ReturnType<typeof mendChain>>> {
	const finding = beyondRepair(generation);
	if (finding) return { finding };
	const { findings } = generation;
	const unfinished = pathsOf(findings, "unfinished-snapshot").filter(isUnfinishedSnapshot);
	const leftovers = removals([...unfinished, ...pathsOf(findings, "reap-copy-unused")]);
	const byIntent = intent && [intent.generation, ...intent.removeGenerations].includes(generation.name);
	if (byIntent || generation.snapshots.length === 0) return { steps: leftovers, after: generation };
	const mended = await mendChain(files, generation, cancel);
	return "finding" in mended ? mended : { ...mended, steps: [...leftovers, ...mended.steps] };
}

/** What makes it impossible to tell how the files of a generation belong together. */
function beyondRepair(generation: Generation): Finding | undefined {
	const leftover = checkpointingPath(generation);
	return generation.findings.find(
		({ code, severity, path }) =>
			severity === "error" &&
			(code === "base-missing" ||
				code === "unreadable-directory" ||
				code === "reap-copy-ambiguous" ||
				code === "reap-checkpoint-pending" ||
				path === leftover ||
				path.startsWith(`${leftover}.`)),
	);
}

function problemOf({ code, path, message, advice }: Finding, current: boolean): RecoveryProblem {
	return { code: errorCode(code), path, current, message: `${message} ${advice}` };
}

function pathsOf(findings: readonly Finding[], code: FindingCode): readonly string[] {
	return findings.filter((finding) => finding.code === code).map(({ path }) => path);
}

function removals(paths: readonly string[]): readonly MaintenanceStep[] {
	return paths.map((path) => ({ step: "remove-leftover", path }));
}

function isUnfinishedSnapshot(path: string): boolean {
	const name = path.slice(path.lastIndexOf("/") + 1);
	return name.endsWith(".tmp") && parseSnapshotId(name.slice(0, -".tmp".length)) !== undefined;
}

/** What a finished reap leaves of generations. */
function reaped(generations: readonly Generation[], intent: ReapIntent): readonly Generation[] {
	return generations
		.filter(({ name }) => !intent.removeGenerations.includes(name))
		.map((generation) => {
			if (generation.name !== intent.generation) return generation;
			const snapshots = generation.snapshots.filter(({ id }) => !intent.removeSnapshots.includes(id));
			return { ...generation, snapshots, pending: [] };
		});
}
