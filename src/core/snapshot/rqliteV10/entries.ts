import type { Entry } from "../../files";
import type { Finding } from "../../verify/finding";
import { linkFinding, note, strayEntry, unfinishedSnapshot } from "../entryFindings";
import { REAP_PLAN, STORE_NAME, TMP_SUFFIX } from "./fileNames";

/** What an entry of the store's directory is that belongs to no snapshot. */
export function entryFinding(name: string, kind: Entry["kind"]): Finding {
	if (kind === "link-outside" || kind === "link-broken") return linkFinding(name, kind, "info", []);
	if (kind === "directory" && name.endsWith(TMP_SUFFIX)) return unfinishedSnapshot(name);
	if (name === REAP_PLAN + TMP_SUFFIX) {
		return note(
			"reap-plan-unfinished",
			"warning",
			name,
			`${name} is the plan of a reap that was cut short while it was written: nothing of it has been done.`,
			"It is ignored, and removed when the node next starts.",
		);
	}
	if (kind !== "directory") return strayEntry(name, "a store of rqlite 10");
	return note(
		"stray-entry",
		"warning",
		name,
		`${name} is no snapshot: its name is not <term>-<index>-<milliseconds>.`,
		"It is ignored. A node takes every directory for a snapshot, and may not start: move it away if you know where it came from.",
	);
}

/** What is said of a store that bears the name of an unfinished one. */
export function unfinishedUpgrade(): Finding {
	return note(
		"unfinished-upgrade",
		"warning",
		"",
		`${STORE_NAME}${TMP_SUFFIX} is what an upgrade from rqlite 8 or 9 had copied when it was cut short.`,
		"The store that it copies, rsnapshots, is still there: use that one. The node begins the upgrade anew at its next start.",
	);
}
