import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DATABASE_WAL, RAFT_LOG } from "../core/dataDirectory/dataDirectory";
import { visible } from "../core/text";

/** Files of a node's data directory that a running node writes all the time. */
const WRITTEN = [RAFT_LOG, DATABASE_WAL];

/** Where the kernel does not tell of locks, a file written this recently is taken for a node at work. */
const RECENT_MS = 5000;

/** What shows that a node seems to be running. `path`: absolute, of a file in its data directory. */
export type NodeSign =
	| { readonly sign: "lock"; readonly path: string; readonly process: number }
	| { readonly sign: "written"; readonly path: string; readonly withinSeconds: number };

/**
 * Why a store looks as if a running node had it open, as a sentence; `undefined` when it does not. The store's directory
 * lies in the node's data directory, or is it.
 */
export async function runningNode(storeDirectory: string): Promise<string | undefined> {
	for (const directory of [storeDirectory, dirname(storeDirectory)]) {
		const found = await nodeSign(directory);
		if (found) return `A node seems to be running: ${signText(found)}. Stop it first.`;
	}
	return undefined;
}

/**
 * What shows that a node seems to have a data directory open. On Linux a lock on `raft.db` tells, whatever the node is
 * doing; elsewhere only that files there are being written.
 */
export async function nodeSign(dataDirectory: string): Promise<NodeSign | undefined> {
	const locks = await readFile("/proc/locks", "utf8").catch(() => undefined);
	return locks === undefined ? recentlyWritten(dataDirectory) : locked(join(dataDirectory, RAFT_LOG), locks);
}

/** A sign as the end of a sentence. */
export function signText(found: NodeSign): string {
	return found.sign === "lock"
		? `process ${found.process} holds ${visible(found.path)}`
		: `${visible(found.path)} was written within the last ${found.withinSeconds} seconds`;
}

async function locked(path: string, locks: string): Promise<NodeSign | undefined> {
	const file = await stat(path, { bigint: true }).catch(() => undefined);
	if (!file) return undefined;
	// "1: FLOCK  ADVISORY  WRITE 4711 08:01:393260 0 EOF": the number of the process, then device and inode. The device
	// is the one below a layered file system, and cannot be compared.
	const holder = new RegExp(`^\\d+: \\w+ +\\w+ +WRITE +(-?\\d+) +[0-9a-f]+:[0-9a-f]+:${file.ino} `, "m").exec(
		locks,
	)?.[1];
	return holder === undefined ? undefined : { sign: "lock", path, process: Number(holder) };
}

async function recentlyWritten(directory: string): Promise<NodeSign | undefined> {
	for (const name of WRITTEN) {
		const path = join(directory, name);
		const file = await stat(path).catch(() => undefined);
		if (file && Math.abs(Date.now() - file.mtimeMs) < RECENT_MS) {
			return { sign: "written", path, withinSeconds: RECENT_MS / 1000 };
		}
	}
	return undefined;
}
