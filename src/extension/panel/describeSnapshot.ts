import { chainOf } from "../../core/snapshot/chain";
import type { Snapshot, Store, StoreFile } from "../../core/snapshot/model";
import type { SnapshotDescription } from "../../protocol/page";

/** A snapshot as the page is told of it, and the files of its chain: none when the chain is incomplete. */
export function describeSnapshot(
	store: Store,
	snapshot: Snapshot,
	place: string,
): { readonly description: SnapshotDescription; readonly files: readonly StoreFile[] } {
	const chain = chainOf(store, snapshot);
	const complete = chain.base !== undefined && !chain.broken.some(({ severity }) => severity === "error");
	const files = complete && chain.base !== undefined ? [chain.base, ...chain.wals] : [];
	return {
		files,
		description: {
			store: place,
			generation: snapshot.generation,
			id: snapshot.id,
			term: String(snapshot.term),
			index: String(snapshot.index),
			kind: snapshot.kind,
			createdAt: snapshot.createdAt?.toISOString(),
			newest: store.newest?.id ?? snapshot.id,
			present: true,
			files,
			pending: complete ? chain.pending : 0,
			compacted: chain.compacted,
			findings: [...new Set([...chain.broken, ...snapshot.findings])],
		},
	};
}
