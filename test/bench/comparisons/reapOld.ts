import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot } from "../../support/projectRoot";
import type { BenchStore, Comparison } from "../comparison";
import type { Contender } from "../contender";

const RETAIN = 2;

/** Checkpointing all WALs but the newest two into the base, on a copy of the store that is made before the clock starts. */
export function reapOld({ directory, files, hasShell }: BenchStore): Comparison {
	const [base, ...wals] = files.map((path) => join("store", relative(directory, path)));
	const common = {
		// What was just copied is on its way to the disk: the first sync of each would wait for all of it.
		prepare: (scratch: string) => {
			cpSync(directory, join(scratch, "store"), { recursive: true });
			spawnSync("sync");
		},
		answer: (_: string, scratch: string) => sha256(join(scratch, base!)),
	};
	const snapstore: Contender = {
		...common,
		name: "snapstore reap",
		command: [process.execPath, join(projectRoot, "dist/cli.js"), "reap", "store", "--retain", `${RETAIN}`],
	};
	const script = `
		set -e
		base="$1"
		while shift; [ $# -gt 0 ]; do
			mv "$1" "$base-wal"
			sqlite3 "$base" "pragma synchronous=full; pragma wal_checkpoint(truncate)" > /dev/null
		done`;
	const shell: Contender = {
		...common,
		name: "mv and sqlite3",
		command: ["sh", "-c", script, "sh", base!, ...wals.slice(0, -RETAIN)],
	};
	return {
		title: "Reaping all but the newest two snapshots",
		about: `The base must come out the same, byte for byte. \`snapstore reap\` also checks every frame first, and survives being killed at any moment.`,
		goal: 1,
		contenders: hasShell ? [snapstore, shell] : [snapstore],
	};
}

function sha256(path: string): string {
	return createHash("sha256").update(readFileSync(path)).digest("hex");
}
