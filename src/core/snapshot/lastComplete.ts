import { generationOf } from "./catalog";
import { chainOf } from "./chain";
import type { Snapshot, Store } from "./model";

/**
 * The newest snapshot of the same generation, up to and including `snapshot`, whose chain lacks no file: itself unless
 * its own does. `undefined` when there is none. `snapshot` is one of `store`.
 */
export function lastComplete(store: Store, snapshot: Snapshot): Snapshot | undefined {
	const { snapshots } = generationOf(store, snapshot);
	const upToIt = snapshots.slice(0, snapshots.indexOf(snapshot) + 1);
	return upToIt.findLast((candidate) => chainOf(store, candidate).broken.length === 0);
}
