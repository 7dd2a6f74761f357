import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runningNode } from "../../../src/node/runningNode";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

const canLock = process.platform === "linux" && spawnSync("flock", ["--version"]).status === 0;

function dataDirectory(): { readonly raftLog: string; readonly store: string } {
	const directory = temporaryDirectory();
	const raftLog = join(directory, "raft.db");
	const store = join(directory, "snapshots");
	writeFileSync(raftLog, "x");
	mkdirSync(store);
	return { raftLog, store };
}

test.runIf(canLock)("a lock on raft.db beside the store tells of a running node", async () => {
	const { raftLog, store } = dataDirectory();
	const holder = spawn("flock", [raftLog, "sh", "-c", "echo held; read line"], { stdio: ["pipe", "pipe", "inherit"] });
	await once(holder.stdout, "data");
	expect(await runningNode(store)).toMatch(
		/^A node seems to be running: process -?\d+ holds .*raft\.db\. Stop it first\.$/,
	);
	holder.stdin.end("\n");
	await once(holder, "exit");
	expect(await runningNode(store)).toBeUndefined();
});

test.runIf(process.platform === "linux")("a raft.db that nobody holds tells of none", async () => {
	expect(await runningNode(dataDirectory().store)).toBeUndefined();
});

test("a store without a data directory around it has no node", async () => {
	expect(await runningNode(temporaryDirectory())).toBeUndefined();
});
