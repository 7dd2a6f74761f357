import { type Finding, type Severity, worstSeverity } from "../../core/verify/finding";
import type { SnapshotDescription } from "../../protocol/page";
import { formatDuration, formatSize, t } from "../l10n";
import { sameFiles } from "./sameFiles";
import type { SnapshotSession } from "./snapshotSession";

/** Something the user must know about what the page shows, before believing it. */
export interface Notice {
	/** What it is about: a notice that stays keeps its place and its button's focus. */
	readonly about: NoticeSubject;
	readonly severity: Severity;
	readonly message: string;
	readonly findings: readonly Finding[];
	readonly action?: NoticeAction;
}

export type NoticeSubject =
	| "refusal"
	| "opening"
	| "answers"
	| "presence"
	| "files"
	| "notes"
	| "surroundings"
	| "newest";

export type NoticeAction = "open-newest" | "open-partial" | "read-again" | "load-anyway" | "verify-store";

type State = Pick<SnapshotSession, "description" | "phase" | "loaded" | "newestAtStart">;

/** What to say above the tables, most important first; one notice at most about each subject. */
export function noticesOf(state: State): readonly Notice[] {
	return [
		opening(state),
		answers(state),
		notes(state),
		...(state.description === undefined ? [] : around(state.description, state)),
	]
		.filter((notice) => notice !== undefined)
		.map((notice) => ({ findings: [], ...notice }));
}

type Said = Omit<Notice, "findings"> & { readonly findings?: readonly Finding[] };

/** Why nothing is open. */
function opening({ phase, description }: State): Said | undefined {
	const about = "opening";
	switch (phase.name) {
		case "failed": {
			const message = t("The snapshot could not be opened: {0}", phase.message);
			return { about, severity: "error", message, action: "read-again" };
		}
		case "stopped":
			return { about, severity: "info", message: t("Cancelled."), action: "read-again" };
		case "large":
			return { about, severity: "info", message: largeText(phase.totalBytes), action: "load-anyway" };
		case "gone": {
			const message = t("This snapshot is no longer in the store: a reap has taken it. Nothing has been opened.");
			return { about, severity: "warning", message, action: "open-newest" };
		}
		case "incomplete": {
			const findings = description?.findings ?? [];
			const message = t("Files that this snapshot needs are missing. Nothing has been opened.");
			const severity = worstSeverity(findings) ?? "error";
			if (description?.upTo !== undefined) return { about, severity, message, findings, action: "open-partial" };
			// Another snapshot took its place: there is nothing to verify.
			return { about, severity, message, findings, ...(severity === "info" ? {} : { action: "verify-store" }) };
		}
		case "damaged": {
			const message = t("The files of this snapshot are damaged. Nothing has been opened.");
			const action = phase.canOpen ? "open-partial" : "verify-store";
			return { about, severity: "error", message, findings: phase.report.findings, action };
		}
		case "describing":
		case "reading":
		case "opening":
		case "open":
			return undefined;
		default:
			return phase satisfies never;
	}
}

/** Why the answers are not those of the snapshot. */
function answers({ phase, description, loaded }: State): Said | undefined {
	if (phase.name !== "open") return undefined;
	const { findings } = phase.report;
	const missing = loaded !== undefined && description !== undefined && loaded.upTo !== description.id;
	if (findings.length === 0 && !missing) return undefined;
	const message = missing
		? t(
				"The answers are partial: files are missing. They end at the last sound commit up to snapshot {0}.",
				loaded.upTo ?? "",
			)
		: t("The answers are partial: the files are damaged, and end here at the last sound commit.");
	return {
		about: "answers",
		severity: "error",
		message,
		findings: missing ? [...description.findings, ...findings] : findings,
		action: "verify-store",
	};
}

/** What is wrong with files beside those that the answers come from. */
function notes({ phase }: State): Said | undefined {
	if (phase.name !== "open" || phase.report.notes.length === 0) return undefined;
	const message = t("The data of this snapshot is whole, but a checksum kept with it is wrong: a node may refuse it.");
	return { about: "notes", severity: "warning", message, findings: phase.report.notes, action: "verify-store" };
}

/** What became of the snapshot on disk, and what stands around it. */
function around(description: SnapshotDescription, { phase, loaded, newestAtStart }: State): (Said | undefined)[] {
	const { present, id, newest, findings, files } = description;
	const isOpen = phase.name === "open" || phase.name === "damaged";
	if (!present) return [isOpen ? gone(newest === id ? undefined : "open-newest") : undefined];
	const changed = isOpen && loaded !== undefined && !sameFiles(loaded.files, files);
	const toldAlready = phase.name === "incomplete" || (isOpen && loaded?.upTo !== id);
	return [
		changed ? changedFiles() : undefined,
		findings.length === 0 || toldAlready ? undefined : surroundings(findings),
		newest === id ? undefined : newerOne(newestAtStart !== undefined && newest !== newestAtStart),
	];
}

function gone(action: NoticeAction | undefined): Said {
	const message = t("This snapshot is no longer on disk. The page shows what was read before it went.");
	return { about: "presence", severity: "warning", message, ...(action === undefined ? {} : { action }) };
}

function changedFiles(): Said {
	const message = t("The files of this snapshot have changed on disk since they were read.");
	return { about: "files", severity: "warning", message, action: "read-again" };
}

function surroundings(findings: readonly Finding[]): Said {
	const message = t("Something is wrong around this snapshot in its store.");
	const severity = worstSeverity(findings) ?? "info";
	return { about: "surroundings", severity, message, findings, action: "verify-store" };
}

/** Without its id: in a store where one comes every few seconds, that would be read aloud each time. */
function newerOne(came: boolean): Said {
	const message = came
		? t("A newer snapshot has come to the store since this one was opened.")
		: t("This is not the newest snapshot of the store.");
	return { about: "newest", severity: "info", message, action: "open-newest" };
}

const MB = 1_000_000;

function largeText(totalBytes: number): string {
	const [least, most] = [totalBytes / (14 * MB), totalBytes / (8 * MB)].map((seconds) =>
		formatDuration(seconds * 1000),
	);
	return t(
		"Opening this snapshot reads {0} into this page, which can take {1} to {2} where VS Code runs in a browser.",
		formatSize(totalBytes),
		least ?? "",
		most ?? "",
	);
}
