import type { Store } from "../../core/snapshot/model";
import type { Finding } from "../../core/verify/finding";

/**
 * The findings of each part of a store, by the part's path: the store (empty path), a generation or a snapshot. A
 * finding lies with the smallest part whose directory holds its path.
 */
export function placeFindings(store: Store, findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
	const placed = new Map<string, Finding[]>([["", []]]);
	for (const generation of store.generations) {
		placed.set(generation.path, []);
		for (const snapshot of generation.snapshots) placed.set(snapshot.path, []);
	}
	for (const finding of findings) {
		let path = finding.path;
		while (!placed.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf("/")));
		placed.get(path)?.push(finding);
	}
	return placed;
}
