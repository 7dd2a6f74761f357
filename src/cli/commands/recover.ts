import { planRecover } from "../../store/maintain/maintain";
import { locateStore } from "../open/locate";
import { openStore, refuseRunningNode } from "../open/openStore";
import { maintenanceReport, reportText } from "../output/maintenanceReport";
import type { Output } from "../output/output";

export interface RecoverCommandOptions {
	readonly json: boolean;
	readonly store: string | undefined;
	readonly dryRun: boolean;
}

/** `snapstore recover`: puts a store in order after a crash. */
export async function recover(dir: string, { json, store: root, dryRun }: RecoverCommandOptions, output: Output) {
	const { directory } = await locateStore(dir, root);
	await refuseRunningNode(directory);
	if (dryRun) {
		const { steps, problems } = await planRecover(directory);
		for (const { message } of problems) output.warn(message);
		return output.write(reportText(maintenanceReport(steps, { done: false }), { json }));
	}
	const { store, recovered } = await openStore(directory, { isNew: false }, output);
	// Opening leaves what may be another process's work; this says so.
	if (recovered.length > 0) await store.recover();
	await output.write(reportText(maintenanceReport(recovered, { done: true }), { json }));
}
