import * as vscode from "vscode";
import { visible } from "../../core/text";
import type { MaintenanceStep } from "../../store/maintain/maintenance";

const { t } = vscode.l10n;

/** What is about to be done to a store, a line for each step. */
export function planText(heading: string, steps: readonly MaintenanceStep[], remarks: readonly string[]): string {
	const width = String(steps.length).length;
	const lines = steps.map((step, at) => `${String(at + 1).padStart(width)}. ${stepText(step)}`);
	return `${[visible(heading), "", ...lines, "", ...remarks.map(visible)].join("\n").trimEnd()}\n`;
}

/** One step, as a request. */
export function stepText(step: MaintenanceStep): string {
	const path = visible(step.path);
	switch (step.step) {
		case "write-plan":
			return t("Write down what follows, in {0}, so that a crash does not stop it half-way", path);
		case "remove-plan":
			return t("Remove {0}: all is done", path);
		case "remove-generation":
			return t("Remove the generation {0}", path);
		case "remove-snapshot":
			return t("Remove the snapshot {0}", path);
		case "remove-leftover":
			return t("Remove {0}, which no snapshot needs", path);
		case "merge-wals":
			return t("Merge the {0} WALs before it into the WAL {1}", step.from.length, path);
		case "move-wal":
			return t("Move the WAL {0} to {1}", path, visible(step.to));
		case "checkpoint":
			return t("Checkpoint the WAL {0} into {1}, and remove it", path, visible(step.into));
	}
}
