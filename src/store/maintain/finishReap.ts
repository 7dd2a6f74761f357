import { joinPath } from "../../core/files";
import type { Generation, Snapshot, Store, StoreFile } from "../../core/snapshot/model";
import { WAL_HEADER_SIZE } from "../../core/sqlite/wal/header";
import type { MaintenanceStep } from "./maintenance";
import { INTENT_PATH, type ReapIntent } from "./reapIntent";

/** The WAL that is being checkpointed into the base of a generation. Readers apply it to the base before all others. */
export function checkpointingPath(generation: Generation): string {
	return joinPath(generation.path, "base.sqlite-wal");
}

/** Why an intent cannot be carried out in a store, as the end of a sentence. */
export class UnfitIntent extends Error {
	override readonly name = "UnfitIntent";
}

export interface ReapWay {
	/** Whether WALs that go are merged first, true when not said: it takes as much room as the pages that they change. */
	readonly merge?: boolean | undefined;
}

/**
 * The steps that are left of a reap, in order, from whatever point it was cut short at; the last one removes the plan.
 *
 * The last WAL that goes takes in those before it; then the snapshots before its own need not be there for any later one
 * and go, newest first, so that no other loses its WALs. The WAL of the oldest one left is moved beside the base, where
 * readers take it for that snapshot's own as long as its directory is listed, and apply it first once that is not; only
 * then is the base changed. So at any moment every snapshot that is still listed has its exact state. Throws
 * `UnfitIntent`.
 */
export function finishReap(
	store: Store,
	intent: ReapIntent,
	{ merge = true }: ReapWay = {},
): readonly MaintenanceStep[] {
	const generation = store.generations.find(({ name }) => name === intent.generation);
	if (!generation) throw new UnfitIntent(`the generation ${intent.generation} is not there`);
	const { base } = generation;
	if (!base) throw new UnfitIntent(`the generation ${intent.generation} has no base.sqlite`);
	const checkpointing = checkpointingPath(generation);
	const checkpoint = { step: "checkpoint", path: checkpointing, into: base.path } as const;
	const steps: MaintenanceStep[] = olderGenerations(store, generation, intent).map(({ path }) => ({
		step: "remove-generation",
		path,
	}));
	const [pending, ...more] = generation.pending;
	if (more.length > 0 || (pending && pending.path !== checkpointing)) {
		throw new UnfitIntent("a copy of a WAL is there that no reap of this store makes");
	}
	let waiting = pending !== undefined;
	let left = snapshotsLeft(generation, intent);
	const last = left.findLastIndex((snapshot) => logOf(snapshot));
	const logs = left.flatMap((snapshot) => logOf(snapshot) ?? []).map(({ path }) => path);
	if (merge && !waiting && logs.length > 1) {
		steps.push({ step: "merge-wals", path: logs.at(-1)!, from: logs.slice(0, -1), base: base.path });
		for (const { path } of left.slice(0, last).reverse()) steps.push({ step: "remove-snapshot", path });
		left = left.slice(last);
	}
	for (const snapshot of left) {
		if (waiting && snapshot.files[0]?.path !== checkpointing) {
			steps.push(checkpoint);
			waiting = false;
		}
		const log = logOf(snapshot);
		if (log && log.path !== checkpointing) steps.push({ step: "move-wal", path: log.path, to: checkpointing });
		steps.push({ step: "remove-snapshot", path: snapshot.path });
		if (log || waiting) steps.push(checkpoint);
		waiting = false;
	}
	if (waiting) steps.push(checkpoint);
	return [...steps, { step: "remove-plan", path: INTENT_PATH }];
}

/** The WAL of an incremental snapshot, if it has frames. */
function logOf({ id, kind, files: [file] }: Snapshot): StoreFile | undefined {
	if (kind !== "incremental") return undefined;
	if (!file) throw new UnfitIntent(`${id} has lost its WAL`);
	return file.sizeBytes > WAL_HEADER_SIZE ? file : undefined;
}

function olderGenerations(store: Store, generation: Generation, intent: ReapIntent): readonly Generation[] {
	const older = store.generations.slice(0, store.generations.indexOf(generation)).map(({ name }) => name);
	for (const name of intent.removeGenerations) {
		if (!older.includes(name) && store.generations.some((g) => g.name === name)) {
			throw new UnfitIntent(`the generation ${name} is not older than ${generation.name}`);
		}
	}
	return store.generations.filter(({ name }) => intent.removeGenerations.includes(name));
}

/**
 * Those that are still to go, oldest first, with those that stay directly behind them. What is gone of them stood in a
 * row: the oldest ones, or once their WALs are merged the ones before the last.
 */
function snapshotsLeft({ snapshots }: Generation, { removeSnapshots, keep }: ReapIntent): readonly Snapshot[] {
	const ids = snapshots.map(({ id }) => id);
	const left = snapshots.filter(({ id }) => removeSnapshots.includes(id));
	const gone = removeSnapshots.length - left.length;
	const first = removeSnapshots.findIndex((id) => !ids.includes(id));
	const going = removeSnapshots.filter((_, n) => gone === 0 || n < first || n >= first + gone);
	if (left.length > 0 && !ids.includes(removeSnapshots.at(-1)!)) {
		throw new UnfitIntent(`the snapshot ${removeSnapshots.at(-1)} is not where it should be`);
	}
	const stranger = [...going, ...keep].find((id, position) => ids[position] !== id);
	if (stranger !== undefined) throw new UnfitIntent(`the snapshot ${stranger} is not where it should be`);
	return left;
}
