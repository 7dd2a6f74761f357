import { storeSnapshots } from "../../core/snapshot/catalog";
import type { Store } from "../../core/snapshot/model";
import { parseSnapshotId } from "../../core/snapshot/snapshotId";

/**
 * An id that no listed snapshot has, and that comes after those of the same term and index, also where the clock stands
 * still or has gone back. `now` in milliseconds since the Unix epoch.
 */
export function newSnapshotId(store: Store, term: bigint, index: bigint, now: number): string {
	let milliseconds = BigInt(now);
	for (const snapshot of storeSnapshots(store)) {
		const { term: t, index: i, milliseconds: taken } = parseSnapshotId(snapshot.id)!;
		if (t === term && i === index && taken >= milliseconds) milliseconds = taken + 1n;
	}
	return `${term}-${index}-${milliseconds}`;
}
