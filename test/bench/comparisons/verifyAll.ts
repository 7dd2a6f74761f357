import { join } from "node:path";
import { projectRoot } from "../../support/projectRoot";
import type { BenchStore, Comparison } from "../comparison";
import type { Contender } from "../contender";

/** Whether every snapshot can be restored and its database is sound. */
export function verifyAll({ directory, files, hasShell }: BenchStore): Comparison {
	const snapstore: Contender = {
		name: "snapstore verify",
		command: [process.execPath, join(projectRoot, "dist/cli.js"), "verify", directory, "--json"],
		answer: (stdout) => JSON.parse(stdout).stores[0].restorable.length,
	};
	const script = `
		set -e
		cp "$1" db
		sqlite3 db "pragma quick_check"
		while shift; [ $# -gt 0 ]; do
			cp "$1" db-wal
			sqlite3 db "pragma wal_checkpoint(truncate)" > checkpointed
			sqlite3 db "pragma quick_check"
		done`;
	const shell: Contender = {
		name: "cp and sqlite3",
		command: ["sh", "-c", script, "sh", ...files],
		answer: (stdout) => stdout.split("\n").filter((line) => line === "ok").length,
	};
	return {
		title: "Verifying the store",
		about: "Every frame of every WAL, and the database in the state of every snapshot, start of the process included.",
		goal: 3,
		contenders: hasShell ? [snapstore, shell] : [snapstore],
	};
}
