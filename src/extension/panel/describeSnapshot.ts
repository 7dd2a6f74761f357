import { storeSnapshots } from "../../core/snapshot/catalog";
import { chainOf } from "../../core/snapshot/chain";
import { lastComplete } from "../../core/snapshot/lastComplete";
import { membershipChanges } from "../../core/snapshot/membership";
import type { Snapshot, Store } from "../../core/snapshot/model";
import { MAX_CHANGES, type RaftDescription, type SnapshotDescription } from "../../protocol/page";

/**
 * A snapshot as the page is told of it, with the files of its chain. Where one of those is missing they are the files of
 * the newest snapshot before it that is whole; none when there is none.
 */
export function describeSnapshot(store: Store, snapshot: Snapshot, place: string): SnapshotDescription {
	const { broken } = chainOf(store, snapshot);
	const upTo = lastComplete(store, snapshot);
	const chain = upTo === undefined ? undefined : chainOf(store, upTo);
	return {
		store: place,
		layout: store.layout,
		generation: snapshot.generation,
		id: snapshot.id,
		term: String(snapshot.term),
		index: String(snapshot.index),
		kind: snapshot.kind,
		createdAt: snapshot.createdAt?.toISOString(),
		newest: store.newest?.id ?? snapshot.id,
		present: true,
		upTo: chain?.base === undefined ? undefined : upTo?.id,
		files: chain?.base === undefined ? [] : [chain.base, ...chain.wals],
		pending: chain?.pending ?? 0,
		compacted: chain?.compacted ?? false,
		findings: [...new Set([...broken, ...snapshot.findings])],
		raft: describeRaft(store, snapshot),
	};
}

function describeRaft(store: Store, snapshot: Snapshot): RaftDescription {
	const snapshots = storeSnapshots(store);
	const changes = membershipChanges(snapshots.slice(0, snapshots.indexOf(snapshot) + 1));
	const { configurationIndex, servers } = snapshot.meta ?? {};
	return {
		configurationIndex: configurationIndex === undefined ? undefined : String(configurationIndex),
		servers: servers ?? [],
		changes: changes.slice(-MAX_CHANGES),
		earlierChanges: Math.max(0, changes.length - MAX_CHANGES),
	};
}
