import { visible } from "../../core/text";
import type { MaintenanceStep } from "../../store/maintain/maintenance";
import { renderTable } from "./table";

/** What a command has done to a store, or would do. */
export interface MaintenanceReport {
	/** In order. Paths are relative to the store, with `/`. */
	readonly plan: readonly PlannedStep[];
	/** False for a dry run. */
	readonly done: boolean;
	/** Id of the snapshot that was created. */
	readonly snapshot?: string;
	/** Paths of what is gone: generations, snapshots, leftovers of a crash. */
	readonly removed: readonly string[];
	/** Paths of the WALs, where they lay before, whose pages are in a base now. */
	readonly checkpointed: readonly string[];
}

export type PlannedStep = MaintenanceStep | { readonly step: "create-snapshot"; readonly path: string };

export function maintenanceReport(
	plan: readonly PlannedStep[],
	{ done, snapshot }: { readonly done: boolean; readonly snapshot?: string },
): MaintenanceReport {
	const removed: string[] = [];
	const checkpointed: string[] = [];
	/** Of the pages of a WAL, where they do not come from itself. */
	const origins = new Map<string, readonly string[]>();
	for (const step of done ? plan : []) {
		if (step.step === "merge-wals") origins.set(step.path, [...step.from, step.path]);
		else if (step.step === "move-wal") origins.set(step.to, origins.get(step.path) ?? [step.path]);
		else if (step.step === "checkpoint") {
			checkpointed.push(...(origins.get(step.path) ?? [step.path]));
			origins.delete(step.path);
		} else if (step.step.startsWith("remove-") && step.step !== "remove-plan") removed.push(step.path);
	}
	return { plan, done, ...(snapshot !== undefined && { snapshot }), removed, checkpointed };
}

export function reportText(report: MaintenanceReport, { json }: { readonly json: boolean }): string {
	if (json) return `${JSON.stringify(report)}\n`;
	const { plan, done, snapshot } = report;
	const rows = plan.map((step, at) => [`${at + 1}`, step.step, visible(step.path), detail(step)]);
	const table = rows.length === 0 ? "" : `${renderTable(["", "STEP", "PATH", ""], rows, new Set([0]))}\n\n`;
	if (snapshot !== undefined) return `${table}Snapshot ${snapshot} is in the store.\n`;
	if (rows.length === 0) return "Nothing to do.\n";
	return `${table}${done ? "Done." : "A dry run: nothing was done."}\n`;
}

function detail(step: PlannedStep): string {
	switch (step.step) {
		case "merge-wals":
			return `with the ${step.from.length} before it`;
		case "move-wal":
			return `to ${visible(step.to)}`;
		case "checkpoint":
			return `into ${visible(step.into)}`;
		case "write-plan":
			return `keeps ${step.plan.keep.join(", ")}`;
		default:
			return "";
	}
}

/** Tells on standard error which step is taken now. */
export function tellStep({ step, path }: MaintenanceStep, number: number, total: number): void {
	process.stderr.write(`step ${number} of ${total}: ${step} ${visible(path)}\n`);
}
