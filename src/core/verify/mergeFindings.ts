import { compareSnapshotIds, parseSnapshotId } from "../snapshot/snapshotId";
import type { Finding } from "./finding";

/**
 * Findings with further ones behind them. What is said twice of one place stays one finding, of the snapshots of both;
 * the same array when nothing is new.
 */
export function mergeFindings(known: readonly Finding[], further: readonly Finding[]): readonly Finding[] {
	let merged = known;
	for (const finding of further) {
		const at = merged.findIndex((other) => sameFault(other, finding));
		const there = merged[at];
		if (there === undefined) merged = [...merged, finding];
		else if (finding.snapshots.some((id) => !there.snapshots.includes(id)))
			merged = merged.with(at, { ...there, snapshots: inOrder(new Set([...there.snapshots, ...finding.snapshots])) });
	}
	return merged;
}

function inOrder(ids: Iterable<string>): readonly string[] {
	return [...ids]
		.flatMap((id) => parseSnapshotId(id) ?? [])
		.sort(compareSnapshotIds)
		.map(({ id }) => id);
}

function sameFault(a: Finding, b: Finding): boolean {
	return a.code === b.code && a.path === b.path && a.offset === b.offset && a.message === b.message;
}
