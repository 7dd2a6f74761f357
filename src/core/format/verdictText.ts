import type { SnapshotVerdict } from "../verify/verification";
import type { Translate } from "./membershipText";

/** What was found of one snapshot, as far as telling it takes. */
export type ToldVerdict = Pick<SnapshotVerdict, "id" | "verdict" | "upTo">;

/** Whether a snapshot can be restored, without a full stop. */
export function verdictText({ verdict, upTo }: Pick<ToldVerdict, "verdict" | "upTo">, t: Translate): string {
	switch (verdict) {
		case "exact":
			return t("restorable");
		case "partial":
			return t("restorable in part, up to {0}", upTo ?? "");
		case "none":
			return t("not restorable");
		default:
			return verdict satisfies never;
	}
}

/** What verified snapshots, oldest first, come to: one sentence. */
export function headlineText(snapshots: readonly ToldVerdict[], t: Translate): string {
	const exact = snapshots.filter(({ verdict }) => verdict === "exact");
	const newest = exact.at(-1);
	if (snapshots.length === 0) return t("No snapshot was verified.");
	if (newest === undefined) return t("No snapshot can be restored exactly.");
	if (exact.length === snapshots.length) {
		return snapshots.length === 1
			? t("The snapshot {0} can be restored exactly.", newest.id)
			: t("All {0} snapshots can be restored exactly; the newest is {1}.", String(snapshots.length), newest.id);
	}
	return t(
		"{0} of {1} snapshots can be restored exactly; the newest of them is {2}.",
		String(exact.length),
		String(snapshots.length),
		newest.id,
	);
}

/** What to do next, one or two sentences. @param sound Whether there is nothing to look at besides the verdicts. */
export function nextStepText(snapshots: readonly ToldVerdict[], sound: boolean, t: Translate): string {
	const newest = snapshots.at(-1);
	const good = snapshots.findLast(({ verdict }) => verdict === "exact");
	if (newest === undefined) return t("A node that starts here has no snapshot to start from.");
	if (good === undefined) {
		return newest.verdict === "partial"
			? t(
					"Take the damaged files from a backup or another node. Until then the snapshots open up to the last sound commit.",
				)
			: t("Take the store from a backup or another node, and start no node here before that.");
	}
	if (good !== newest) {
		return t(
			"What came after {0} is lost here. Take the damaged files from a backup or another node, or restore {0}; start no node here before that.",
			good.id,
		);
	}
	if (snapshots.some(({ verdict }) => verdict !== "exact")) {
		return t(
			"A node that starts here has its data. Older snapshots are damaged: keep a backup that holds them, if they count.",
		);
	}
	return sound ? t("There is nothing to do.") : t("No data is lost. Look at the findings below.");
}
