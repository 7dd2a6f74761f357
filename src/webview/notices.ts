import { type Finding, type Severity, worstSeverity } from "../core/verify/finding";
import { formatDuration, formatSize, t } from "./l10n";
import { sameFiles } from "./sameFiles";
import type { SnapshotSession } from "./snapshotSession";

/** Something the user must know about what the page shows, before believing it. */
export interface Notice {
	readonly severity: Severity;
	readonly message: string;
	readonly findings: readonly Finding[];
	readonly action?: NoticeAction;
}

export type NoticeAction = "open-newest" | "open-damaged" | "read-again" | "load-anyway" | "verify-store";

type State = Pick<SnapshotSession, "description" | "phase" | "loadedFiles">;

/** What to say above the tables, most important first. */
export function noticesOf({ description, phase, loadedFiles }: State): readonly Notice[] {
	const notices: Notice[] = [];
	if (phase.name === "failed") {
		const message = t("The snapshot could not be opened: {0}", phase.message);
		notices.push({ severity: "error", message, findings: [], action: "read-again" });
	}
	if (phase.name === "stopped") {
		notices.push({ severity: "info", message: t("Cancelled."), findings: [], action: "read-again" });
	}
	if (phase.name === "large") notices.push(largeNotice(phase.totalBytes));
	if (phase.name === "damaged") {
		const message = t("The files of this snapshot are damaged. Nothing has been opened.");
		notices.push({
			severity: "error",
			message,
			findings: phase.report.findings,
			action: phase.canOpen ? "open-damaged" : "verify-store",
		});
	}
	if (phase.name === "open" && phase.report.findings.length > 0) {
		const message = t("The answers are partial: the files are damaged, and end here at the last sound commit.");
		notices.push({ severity: "error", message, findings: phase.report.findings, action: "verify-store" });
	}
	if (description === undefined) return notices;

	const settled = phase.name === "open" || phase.name === "damaged";
	if (!description.present) {
		const message =
			phase.name === "open"
				? t("This snapshot is no longer on disk. The page shows what was read before it went.")
				: t("This snapshot is no longer on disk.");
		notices.push({ severity: "warning", message, findings: [] });
	} else if (phase.name === "incomplete") {
		const message = t("Files that this snapshot needs are missing. Nothing has been opened.");
		notices.push({ severity: "error", message, findings: description.findings, action: "verify-store" });
	} else if (settled && loadedFiles !== undefined && !sameFiles(loadedFiles, description.files)) {
		const message = t("The files of this snapshot have changed on disk since they were read.");
		notices.push({ severity: "warning", message, findings: [], action: "read-again" });
	}
	if (phase.name !== "incomplete" && description.findings.length > 0) {
		const severity = worstSeverity(description.findings) ?? "info";
		const message = t("Something is wrong around this snapshot in its store.");
		notices.push({ severity, message, findings: description.findings, action: "verify-store" });
	}
	if (description.newest !== description.id) {
		const message = t("This is not the newest snapshot of the store.");
		notices.push({ severity: "info", message, findings: [], action: "open-newest" });
	}
	return notices;
}

const MB = 1_000_000;

function largeNotice(totalBytes: number): Notice {
	const [least, most] = [totalBytes / (14 * MB), totalBytes / (8 * MB)].map((seconds) =>
		formatDuration(seconds * 1000),
	);
	const message = t(
		"Opening this snapshot reads {0} into this page, which can take {1} to {2} where VS Code runs in a browser.",
		formatSize(totalBytes),
		least ?? "",
		most ?? "",
	);
	return { severity: "info", message, findings: [], action: "load-anyway" };
}
