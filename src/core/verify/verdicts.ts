import type { Generation } from "../snapshot/model";
import type { Finding } from "./finding";
import type { SnapshotVerdict } from "./verification";

/** What the findings on a generation mean for each of its snapshots, oldest first. */
export function verdictsOf({ name, base, snapshots }: Generation, findings: readonly Finding[]): SnapshotVerdict[] {
	const verdicts: SnapshotVerdict[] = [];
	for (const { id } of snapshots) {
		const cause = findings.find((finding) => finding.snapshots.includes(id));
		const upTo = cause && lastSound(verdicts, base?.path, cause);
		verdicts.push({
			id,
			generation: name,
			verdict: cause === undefined ? "exact" : upTo === undefined ? "none" : "partial",
			upTo,
			cause,
		});
	}
	return verdicts;
}

/** The newest state before a fault: that of a snapshot, or the base where the fault is in a file that goes on from it. */
function lastSound(
	before: readonly SnapshotVerdict[],
	base: string | undefined,
	{ code, path }: Finding,
): string | undefined {
	const sound = before.findLast(({ verdict }) => verdict === "exact");
	if (sound) return sound.id;
	return base !== undefined && path !== base && code.startsWith("wal-") ? base : undefined;
}
