import type { RaftServer, Snapshot } from "./model";

/** A server of the Raft configuration that came, went, or was given another address or suffrage. */
export interface MembershipChange {
	/** Id of the snapshot in which it is first seen. */
	readonly snapshot: string;
	/** Id of the server. */
	readonly server: string;
	/** `undefined` for one that was added. */
	readonly before: RaftServer | undefined;
	/** `undefined` for one that was removed. */
	readonly after: RaftServer | undefined;
}

/**
 * What became of the servers from each snapshot to the next, as their `meta.json` tell it (`src/core/FORMATS.md`); in
 * the order of the snapshots, within one by the server's id. The first configuration is where it starts, no change; a
 * snapshot whose configuration is missing or unreadable is passed over.
 */
export function membershipChanges(snapshots: Iterable<Snapshot>): readonly MembershipChange[] {
	const changes: MembershipChange[] = [];
	let before: Servers | undefined;
	for (const { id, meta } of snapshots) {
		// Raft knows no configuration without servers.
		if (meta === undefined || meta.servers.length === 0) continue;
		const after: Servers = new Map(meta.servers.map((server) => [server.id, server]));
		if (before !== undefined) changes.push(...between(before, after, id));
		before = after;
	}
	return changes;
}

type Servers = ReadonlyMap<string, RaftServer>;

function between(before: Servers, after: Servers, snapshot: string): readonly MembershipChange[] {
	return [...new Set([...before.keys(), ...after.keys()])]
		.sort()
		.map((server) => ({ snapshot, server, before: before.get(server), after: after.get(server) }))
		.filter((change) => !sameServer(change.before, change.after));
}

function sameServer(a: RaftServer | undefined, b: RaftServer | undefined): boolean {
	return a?.address === b?.address && a?.suffrage === b?.suffrage;
}
