import { planReap } from "../../store/maintain/maintain";
import { SoundLogs } from "../../store/maintain/soundLogs";
import { StoreError } from "../../store/storeError";
import { Failure } from "../failure";
import { interruptible } from "../interruptible";
import { locateStore } from "../open/locate";
import { openStore, refuseRunningNode } from "../open/openStore";
import { maintenanceReport, reportText, tellStep } from "../output/maintenanceReport";
import type { Output } from "../output/output";

export interface ReapCommandOptions {
	readonly json: boolean;
	readonly store: string | undefined;
	/** How many snapshots stay; the store's own default when not given. */
	readonly retain: number | undefined;
	readonly dryRun: boolean;
}

/** `snapstore reap`: removes older generations and snapshots, and checkpoints their WALs into the base. */
export async function reap(dir: string, { json, store: root, retain, dryRun }: ReapCommandOptions, output: Output) {
	const { directory } = await locateStore(dir, root);
	await refuseRunningNode(directory);
	try {
		// Also what comes to nothing, or is refused, must not have written.
		const logs = new SoundLogs();
		const plan = await planReap(directory, { retain, logs });
		if (dryRun || plan.steps.length === 0) {
			return await output.write(reportText(maintenanceReport(plan.steps, { done: !dryRun }), { json }));
		}
		const { store, recovered } = await openStore(directory, { isNew: false }, output);
		const meaning = "Stopped between two steps; every snapshot can be read. snapstore recover finishes the reap.";
		const { steps } = await interruptible(meaning, (cancel) =>
			store.reap({ retain, cancel, logs, progress: tellStep }),
		);
		await output.write(reportText(maintenanceReport([...recovered, ...steps], { done: true }), { json }));
	} catch (error) {
		if (error instanceof StoreError && error.code === "retain-too-low") throw new Failure(2, error.message);
		throw error;
	}
}
