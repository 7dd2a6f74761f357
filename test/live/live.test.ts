import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findRqlited } from "../support/rqlited/findRqlited";
import { temporaryDirectory } from "../support/stores/temporaryDirectory";
import { runAtRest, runCampaign, runWithoutPause } from "./campaign";
import { Ledger } from "./ledger";
import type { LiveNode, StartNode, Step } from "./liveNode";
import { NODES } from "./nodes";
import { Pace, type Steps } from "./pace";
import { Reader } from "./reader";
import { readOnlyView } from "./readOnlyView";
import { startRqlitedNode } from "./rqlitedNode";

const CELLS = 300;
const SNAPSHOTS = Number(process.env["LIVE_SNAPSHOTS"] ?? 6);
const SNAPSHOTS_PER_REAP = 3;

/** How often everything is read that a node has which makes snapshots without pause. */
const READINGS = SNAPSHOTS;

/** A step is a change to a file of a store, or a request to a node, which is over before a reader has begun in earnest. */
const CHANGES: Steps = { begin: 4, end: 4 };
const REQUESTS: Steps = { begin: 0, end: 4 };

/** Starts a node, and has `work` look into its data directory, read-only where the system allows. */
async function withNode<Node extends LiveNode>(
	start: (dataDirectory: string, step: Step) => Promise<Node>,
	stepsPer: Steps,
	work: (node: Node, context: { readonly ledger: Ledger; readonly reader: Reader }) => Promise<void>,
): Promise<void> {
	const dataDirectory = join(temporaryDirectory(), "data");
	mkdirSync(dataDirectory);
	const readOnly = readOnlyView(dataDirectory);
	if (!readOnly) console.log("Nothing can be mounted here: whether the store is written to is not looked at.");
	const ledger = new Ledger(CELLS);
	const pace = new Pace(stepsPer);
	const reader = new Reader({ dataDirectory, ledger, pace, view: readOnly ?? ((command) => command) });
	const node = await start(dataDirectory, pace.step);
	try {
		await work(node, { ledger, reader });
	} finally {
		await node.stop();
		reader.close();
	}
	await reader.isSound();
	console.log(`${reader.seen.size} snapshots read, ${JSON.stringify(reader.tally)}`);
}

const keep = (start: StartNode) => () =>
	withNode(start, CHANGES, async (node, context) => {
		await runCampaign(node, context, { snapshots: SNAPSHOTS, snapshotsPerReap: SNAPSHOTS_PER_REAP });
		expect(context.reader.seen.size).toBe(SNAPSHOTS);
	});

for (const [layout, start] of NODES) test(`${layout}, as it is kept`, keep(start));

const rqlited = await findRqlited(console.log);
const startReal = (directory: string, step: Step) => startRqlitedNode(rqlited!, directory, step);

test.runIf(rqlited)("rqlited, each of its snapshots", () =>
	withNode(startReal, REQUESTS, async (node, context) => {
		await runAtRest(node, context, { snapshots: SNAPSHOTS });
		expect(context.reader.seen.size).toBe(SNAPSHOTS);
	}),
);

test.runIf(rqlited)("rqlited, as it makes snapshots without pause", () =>
	withNode(startReal, REQUESTS, async (node, context) => {
		await runWithoutPause(node, context, { readings: READINGS });
		const { queries, restores, verifications, gone } = context.reader.tally;
		expect(gone).toBeLessThan(queries + restores + verifications);
	}),
);
