import { once } from "node:events";
import { existsSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { startRqlited } from "../support/rqlited/rqlited";
import type { RealNode, Step } from "./liveNode";

/** rqlite 10 reaps by itself once its store has so many snapshots; 8 and 9 never keep more than one. */
const SNAPSHOTS_BEFORE_REAP = 8;

/** A real node, which `step` holds before each request; it reaps of its own accord. */
export async function startRqlitedNode(program: string, dataDirectory: string, step: Step): Promise<RealNode> {
	const rqlited = await startRqlited(program, dataDirectory);
	return {
		dataDirectory,
		takenAwayBy: "snapshot",
		async execute(statements) {
			await step();
			return rqlited.execute(statements);
		},
		query: rqlited.query,
		async snapshot() {
			await step();
			await rqlited.snapshot();
			await rests(["wsnapshots", "rsnapshots"].map((name) => join(dataDirectory, name)).find(existsSync)!);
		},
		async reap() {},
		async stop() {
			await rqlited.stop();
			const complaints = rqlited.complaints();
			if (complaints.length > 0) throw new Error(`the node noticed something:\n${complaints.join("\n")}`);
		},
	};
}

/** Waits until a store has nothing left that is to be reaped, and nothing unfinished. */
async function rests(store: string): Promise<void> {
	const watcher = watch(store);
	try {
		while (isAtWork(store)) await once(watcher, "change");
	} finally {
		watcher.close();
	}
}

function isAtWork(store: string): boolean {
	const entries = readdirSync(store, { withFileTypes: true });
	if (entries.some(({ name }) => name.startsWith("REAP_PLAN") || name.endsWith(".tmp"))) return true;
	return entries.filter((entry) => entry.isDirectory()).length >= SNAPSHOTS_BEFORE_REAP;
}
