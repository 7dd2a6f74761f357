import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runningNode } from "../../../src/node/runningNode";
import { canLock, holdRaftLog } from "../../support/stores/holdRaftLog";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

function dataDirectory(): { readonly directory: string; readonly store: string } {
	const directory = temporaryDirectory();
	const store = join(directory, "snapshots");
	writeFileSync(join(directory, "raft.db"), "x");
	mkdirSync(store);
	return { directory, store };
}

test.runIf(canLock)("a lock on raft.db beside the store tells of a running node", async () => {
	const { directory, store } = dataDirectory();
	const raftLog = await holdRaftLog(directory);
	expect(await runningNode(store)).toMatch(
		/^A node seems to be running: process -?\d+ holds .*raft\.db\. Stop it first\.$/,
	);
	await raftLog.release();
	expect(await runningNode(store)).toBeUndefined();
});

test.runIf(process.platform === "linux")("a raft.db that nobody holds tells of none", async () => {
	expect(await runningNode(dataDirectory().store)).toBeUndefined();
});

test("a store without a data directory around it has no node", async () => {
	expect(await runningNode(temporaryDirectory())).toBeUndefined();
});
