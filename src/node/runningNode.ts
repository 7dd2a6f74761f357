import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { visible } from "../core/text";

/** Files of a node's data directory that a running node holds or writes all the time. */
const RAFT_LOG = "raft.db";
const WRITTEN = [RAFT_LOG, "db.sqlite-wal"];

/** Where the kernel does not tell of locks, a file written this recently is taken for a node at work. */
const RECENT_MS = 5000;

/**
 * Why a store looks as if a running node had it open, as a sentence; `undefined` when it does not. The store's directory
 * lies in the node's data directory, or is it. On Linux a lock on `raft.db` tells, whatever the node is doing; elsewhere
 * only that files there are being written.
 */
export async function runningNode(storeDirectory: string): Promise<string | undefined> {
	const locks = await readFile("/proc/locks", "utf8").catch(() => undefined);
	for (const directory of [storeDirectory, dirname(storeDirectory)]) {
		const reason =
			locks === undefined ? await recentlyWritten(directory) : await locked(join(directory, RAFT_LOG), locks);
		if (reason !== undefined) return reason;
	}
	return undefined;
}

async function locked(path: string, locks: string): Promise<string | undefined> {
	const file = await stat(path, { bigint: true }).catch(() => undefined);
	if (!file) return undefined;
	// "1: FLOCK  ADVISORY  WRITE 4711 08:01:393260 0 EOF": the number of the process, then device and inode. The device
	// is the one below a layered file system, and cannot be compared.
	const holder = new RegExp(`^\\d+: \\w+ +\\w+ +WRITE +(-?\\d+) +[0-9a-f]+:[0-9a-f]+:${file.ino} `, "m").exec(
		locks,
	)?.[1];
	if (holder === undefined) return undefined;
	return `A node seems to be running: process ${holder} holds ${visible(path)}. Stop it first.`;
}

async function recentlyWritten(directory: string): Promise<string | undefined> {
	for (const name of WRITTEN) {
		const file = await stat(join(directory, name)).catch(() => undefined);
		if (file && Math.abs(Date.now() - file.mtimeMs) < RECENT_MS) {
			return `A node seems to be running: ${visible(join(directory, name))} was written within the last ${RECENT_MS / 1000} seconds. Stop it first.`;
		}
	}
	return undefined;
}
