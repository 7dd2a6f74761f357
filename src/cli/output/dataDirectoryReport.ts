import type { RaftServer, Store } from "../../core/snapshot/model";
import { newestServers } from "../../core/snapshot/newestServers";
import { visible } from "../../core/text";
import { type NodeSign, signText } from "../../node/runningNode";
import type { LocatedLive } from "../open/locateLive";

/** What `list --json` tells of a data directory. `store`: the one in it. */
export function dataDirectoryJson({ root, data, running }: LocatedLive, store: Store | undefined) {
	return {
		root,
		servers: store ? newestServers(store) : [],
		running: running === undefined ? null : signJson(running),
		liveDatabase:
			data.database === undefined && data.unusable === undefined
				? null
				: {
						file: "db.sqlite",
						sizeBytes: data.database?.sizeBytes ?? null,
						walBytes: data.wal?.sizeBytes ?? null,
						unusable: data.unusable ?? null,
					},
	};
}

/** The same in lines for people. */
export function dataDirectoryLines({ root, data, running }: LocatedLive, store: Store | undefined): readonly string[] {
	const { database, wal, unusable } = data;
	const lines = [
		`Data directory ${visible(root)}${running ? `, a node seems to be running: ${signText(running)}` : ""}`,
	];
	for (const server of store ? newestServers(store) : []) lines.push(serverText(server));
	if (unusable !== undefined) lines.push(`  live database: ${visible(unusable)}`);
	else if (database) {
		const log = wal === undefined ? "" : `, and ${wal.sizeBytes} of WAL`;
		lines.push(`  live database: ${database.sizeBytes} bytes${log}; query and restore it as "live"`);
	}
	return lines;
}

function serverText({ id, address, suffrage }: RaftServer): string {
	return `  server ${visible(id)} at ${visible(address)} (${suffrage})`;
}

/** A sign as JSON tells it. */
export function signJson(sign: NodeSign) {
	return sign.sign === "lock" ? { lockedBy: sign.process, file: sign.path } : { lockedBy: null, file: sign.path };
}
