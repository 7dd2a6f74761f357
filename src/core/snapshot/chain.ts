import { generationOf } from "./catalog";
import type { Chain, Snapshot, Store } from "./model";

/** The files that make a snapshot's state, and what is known to be missing among them. `snapshot` is one of `store`. */
export function chainOf(store: Store, snapshot: Snapshot): Chain {
	const { base, pending, compacted, snapshots, findings } = generationOf(store, snapshot);
	const upToIt = snapshots.slice(0, snapshots.indexOf(snapshot) + 1);
	const own = upToIt.flatMap(({ wals }) => wals);
	const broken = [...findings, ...upToIt.flatMap((s) => s.findings)].filter((f) => f.snapshots.includes(snapshot.id));
	// The leftover of a reap can be the WAL of the oldest snapshot itself: it is in the chain once.
	const left = pending.filter(({ path }) => !own.some((file) => file.path === path));
	return { base, wals: [...left, ...own], pending: pending.length, compacted, broken };
}
