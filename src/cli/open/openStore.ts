import { runningNode } from "../../node/runningNode";
import { planRecover } from "../../store/maintain/maintain";
import type { MaintenanceStep } from "../../store/maintain/maintenance";
import { SnapshotStore } from "../../store/snapshotStore";
import { Failure } from "../failure";
import { tellStep } from "../output/maintenanceReport";
import type { Output } from "../output/output";

/** A store that is to be written, and what its recovery has done. */
export interface OpenStore {
	readonly store: SnapshotStore;
	/** In order; empty when no crash had left anything. */
	readonly recovered: readonly MaintenanceStep[];
}

/** Opens a store for writing; makes it where there is none yet. Opening recovers it, step by step told on standard error. */
export async function openStore(
	directory: string,
	{ isNew }: { readonly isNew: boolean },
	output: Output,
): Promise<OpenStore> {
	if (isNew) return { store: await SnapshotStore.open(directory), recovered: [] };
	const { steps, problems } = await planRecover(directory);
	for (const { current, message } of problems) if (!current) output.warn(message);
	for (const [at, step] of steps.entries()) tellStep(step, at + 1, steps.length);
	return { store: await SnapshotStore.open(directory), recovered: steps };
}

/** Throws `Failure` when a node seems to have the store open that is about to be written. */
export async function refuseRunningNode(directory: string): Promise<void> {
	const reason = await runningNode(directory);
	if (reason !== undefined) throw new Failure(1, reason);
}
