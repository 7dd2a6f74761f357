import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { join } from "node:path";

/** Whether a lock on a file can be made here, and the kernel tells of it. */
export const canLock = process.platform === "linux" && spawnSync("flock", ["--version"]).status === 0;

/** A running node's hold on its Raft log. */
export interface HeldRaftLog {
	/** Writes to it, as a node does for each transaction. */
	write(): void;
	release(): Promise<void>;
}

/** Locks the `raft.db` of a data directory as a running node does, where the system has a program for that; makes it first. */
export async function holdRaftLog(dataDirectory: string): Promise<HeldRaftLog> {
	const path = join(dataDirectory, "raft.db");
	const write = () => appendFileSync(path, "x");
	write();
	const holder = spawn("flock", ["--exclusive", path, "sh", "-c", "echo locked; exec cat"], {
		stdio: ["pipe", "pipe", "ignore"],
	});
	const ended = new Promise<void>((resolve) => {
		holder.on("error", () => resolve()).on("close", () => resolve());
	});
	await Promise.race([once(holder.stdout, "data"), ended]);
	return {
		write,
		release() {
			holder.stdin.end();
			return ended;
		},
	};
}
