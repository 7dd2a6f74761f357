import { joinPath } from "../../core/files";
import type { Generation, Snapshot, Store } from "../../core/snapshot/model";
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

/**
 * The steps that are left of a reap, in order, from whatever point it was cut short at; the last one removes the plan.
 *
 * Snapshots go oldest first. The WAL of one is moved beside the base, where readers take it for that snapshot's own as
 * long as its directory is listed, and apply it first once that is not; only then is the base changed. So at any moment
 * every snapshot that is still listed has its exact state. Throws `UnfitIntent`.
 */
export function finishReap(store: Store, intent: ReapIntent): readonly MaintenanceStep[] {
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
	for (const snapshot of snapshotsLeft(generation, intent)) {
		const [file] = snapshot.files;
		if (waiting && file?.path !== checkpointing) {
			steps.push(checkpoint);
			waiting = false;
		}
		if (snapshot.kind === "incremental" && !file) throw new UnfitIntent(`${snapshot.id} has lost its WAL`);
		const log = snapshot.kind === "incremental" && file && file.sizeBytes > WAL_HEADER_SIZE ? file : undefined;
		if (log && log.path !== checkpointing) steps.push({ step: "move-wal", path: log.path, to: checkpointing });
		steps.push({ step: "remove-snapshot", path: snapshot.path });
		if (log || waiting) steps.push(checkpoint);
		waiting = false;
	}
	if (waiting) steps.push(checkpoint);
	return [...steps, { step: "remove-plan", path: INTENT_PATH }];
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

/** Those that are still to go, oldest first: the oldest ones listed, with those that stay directly behind them. */
function snapshotsLeft({ snapshots }: Generation, { removeSnapshots, keep }: ReapIntent): readonly Snapshot[] {
	const ids = snapshots.map(({ id }) => id);
	const left = snapshots.filter(({ id }) => removeSnapshots.includes(id));
	const expected = [...removeSnapshots.slice(removeSnapshots.length - left.length), ...keep];
	const stranger = expected.find((id, position) => ids[position] !== id);
	if (stranger !== undefined) throw new UnfitIntent(`the snapshot ${stranger} is not where it should be`);
	return left;
}
