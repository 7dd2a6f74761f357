import { storeSnapshots } from "./catalog";
import type { RaftServer, Store } from "./model";

/** Servers of the newest Raft configuration that a `meta.json` of the store tells of, in its order; empty where none does. */
export function newestServers(store: Store): readonly RaftServer[] {
	const snapshots = store.newest ? [...storeSnapshots(store), store.newest] : [];
	// Raft knows no configuration without servers.
	return snapshots.findLast(({ meta }) => meta !== undefined && meta.servers.length > 0)?.meta?.servers ?? [];
}
