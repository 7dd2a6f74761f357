import { expect, test } from "vitest";
import manifest from "../../../package.json";
import { readStore, storeFindings } from "../../../src/core/snapshot/catalog";
import { COMMANDS } from "../../../src/extension/ids";
import type { StoreNode } from "../../../src/extension/tree/node";
import { storeContext } from "../../../src/extension/tree/storeContext";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { plainState, writeV7Snapshot } from "../../support/stores/rqliteV7Store";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { storeNode } from "./storeNode";

/** The node of a store as it is after it was listed. */
async function nodeOf(directory: string): Promise<StoreNode> {
	const store = await readStore(nodeFiles(directory));
	return { ...storeNode, view: { state: "read", store, findings: storeFindings(store), verified: false } };
}

/** The commands that the menu of a node offers in a trusted workspace. */
function offered(node: StoreNode): string[] {
	const value = storeContext(node);
	const items = manifest.contributes.menus["view/item/context"].filter(({ when }) => {
		const [, equal, pattern] = /viewItem (?:== (\S+)|=~ \/(.*?)\/)/.exec(when) ?? [];
		return equal === undefined ? new RegExp(pattern ?? "").test(value) : equal === value;
	});
	return [...new Set(items.map(({ command }) => command))].sort();
}

const reading = [
	COMMANDS.exportBundle,
	COMMANDS.restoreSnapshot,
	COMMANDS.reveal,
	COMMANDS.showReport,
	COMMANDS.verifyAtDepth,
	COMMANDS.verifyStore,
].sort();
const writing = [COMMANDS.createSnapshot, COMMANDS.reapSnapshots, COMMANDS.recoverStore];

test("a store with generations offers the commands that write to it", async () => {
	const directory = temporaryDirectory();
	buildStore(directory, (store) => store.full());
	expect(offered(await nodeOf(directory))).toEqual([...reading, ...writing].sort());
});

test("a store that only its own node may change offers none of them", async () => {
	const directory = temporaryDirectory();
	writeV7Snapshot(directory, { id: "2-7-1000", state: plainState(new Uint8Array(0)) });
	expect(offered(await nodeOf(directory))).toEqual(reading);
});
