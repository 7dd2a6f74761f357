import type { Generation, Snapshot, Store } from "../../core/snapshot/model";
import type { Finding } from "../../core/verify/finding";

/** A part of a store that findings can lie with. */
export type Part = Store | Generation | Snapshot;

/**
 * The findings of each part of a store. A finding lies with the smallest part whose directory holds its path: where a
 * generation is the directory of its full snapshot, with the snapshot.
 */
export function placeFindings(store: Store, findings: readonly Finding[]): ReadonlyMap<Part, readonly Finding[]> {
	const parts = new Map<string, Part>([["", store]]);
	for (const generation of store.generations) {
		parts.set(generation.path, generation);
		for (const snapshot of generation.snapshots) parts.set(snapshot.path, snapshot);
	}
	const placed = new Map<Part, Finding[]>();
	for (const finding of findings) {
		let path = finding.path;
		while (!parts.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf("/")));
		const part = parts.get(path) ?? store;
		const there = placed.get(part);
		if (there === undefined) placed.set(part, [finding]);
		else there.push(finding);
	}
	return placed;
}
