import { join } from "node:path";
import { projectRoot } from "../../support/projectRoot";
import type { BenchStore, Comparison } from "../comparison";
import type { Contender } from "../contender";

const SQL = "select * from events limit 100";

/** From the command to the first hundred rows of the newest snapshot. */
export function openNewest({ directory, files, hasShell }: BenchStore): Comparison {
	return {
		title: "Opening the newest snapshot",
		about: `\`${SQL}\`, start of the process included; every frame of every WAL is checked.`,
		goal: 7,
		contenders: hasShell ? [queryNewest(directory), shell(files)] : [queryNewest(directory)],
	};
}

/** The command line, as it is built. */
export function queryNewest(store: string): Contender {
	return {
		name: "snapstore query",
		command: [process.execPath, join(projectRoot, "dist/cli.js"), "query", store, "latest", SQL, "--json"],
		answer: (stdout) => JSON.parse(stdout).rows,
	};
}

/** The way without it: lay each WAL beside a copy of the base, have SQLite checkpoint it, then ask. */
function shell(files: readonly string[]): Contender {
	const script = `
		set -e
		cp "$1" db
		while shift; [ $# -gt 0 ]; do
			cp "$1" db-wal
			sqlite3 db "pragma wal_checkpoint(truncate)" > checkpointed
		done
		exec sqlite3 -json db "${SQL}"`;
	return {
		name: "cp and sqlite3",
		command: ["sh", "-c", script, "sh", ...files],
		answer: (stdout) => JSON.parse(stdout).map((row: object) => Object.values(row)),
	};
}
