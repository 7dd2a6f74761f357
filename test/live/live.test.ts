import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findRqlited } from "../support/rqlited/findRqlited";
import { temporaryDirectory } from "../support/stores/temporaryDirectory";
import { runCampaign } from "./campaign";
import { Ledger } from "./ledger";
import type { StartNode } from "./liveNode";
import { NODES } from "./nodes";
import { Pace } from "./pace";
import { Reader } from "./reader";
import { readOnlyView } from "./readOnlyView";
import { startRqlitedNode } from "./rqlitedNode";

const CELLS = 300;
const SNAPSHOTS = Number(process.env["LIVE_SNAPSHOTS"] ?? 10);
const SNAPSHOTS_PER_REAP = 3;

async function campaign(name: string, start: StartNode): Promise<void> {
	const dataDirectory = join(temporaryDirectory(), "data");
	mkdirSync(dataDirectory);
	const readOnly = readOnlyView(dataDirectory);
	if (!readOnly) console.log("Nothing can be mounted here: whether the store is written to is not looked at.");
	const ledger = new Ledger(CELLS);
	const pace = new Pace();
	const reader = new Reader({ dataDirectory, ledger, pace, view: readOnly ?? ((command) => command) });
	const node = await start(dataDirectory, pace.step);
	try {
		await runCampaign(node, { ledger, reader }, { snapshots: SNAPSHOTS, snapshotsPerReap: SNAPSHOTS_PER_REAP });
	} finally {
		reader.close();
		await node.stop();
	}
	console.log(`${name}: ${reader.seen.size} snapshots, ${JSON.stringify(reader.tally)}`);
	expect(reader.seen.size).toBe(SNAPSHOTS);
}

test.each(NODES)("%s, as it is kept", campaign);

const rqlited = findRqlited();
if (!rqlited) console.log("RQLITED names no rqlited: the stores of a real node are not read.");
test.runIf(rqlited)("rqlited", () => campaign("rqlited", (directory) => startRqlitedNode(rqlited!, directory)));
