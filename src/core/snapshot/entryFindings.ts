import type { Finding, FindingCode, Severity } from "../verify/finding";

/** A finding on an entry of the store. `snapshots`: those that it makes unrestorable. */
export function note(
	code: FindingCode,
	severity: Severity,
	path: string,
	message: string,
	advice: string,
	snapshots: readonly string[] = [],
): Finding {
	return { code, severity, path, snapshots, message, advice };
}

/** An entry that belongs to nothing. `whole`: what it is no part of, with its article. */
export function strayEntry(path: string, whole: string): Finding {
	return note(
		"stray-entry",
		"info",
		path,
		`${path} is no part of ${whole}.`,
		"It is ignored. Remove it if you know where it came from.",
	);
}

/** The `.tmp` directory of a snapshot, or data of one. */
export function unfinishedSnapshot(path: string): Finding {
	return note(
		"unfinished-snapshot",
		"warning",
		path,
		`${path} is a snapshot that is not complete.`,
		"It is ignored. A node that is running completes it; one that was stopped removes it when it next starts.",
	);
}

/** A symbolic link that is not followed. */
export function linkFinding(
	path: string,
	kind: "link-outside" | "link-broken",
	severity: Severity,
	snapshots: readonly string[],
): Finding {
	return kind === "link-outside"
		? note(
				kind,
				severity,
				path,
				`${path} is a symbolic link that leads out of the store; it is not followed.`,
				"If what it points at is meant to be here, put the file itself in its place.",
				snapshots,
			)
		: note(
				kind,
				severity,
				path,
				`${path} is a symbolic link that leads nowhere or in a circle.`,
				"Put the file itself in its place, or remove the link.",
				snapshots,
			);
}
