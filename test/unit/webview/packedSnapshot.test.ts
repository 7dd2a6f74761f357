import { join } from "node:path";
import { expect, test } from "vitest";
import { readStore } from "../../../src/core/snapshot/catalog";
import { LocalEngine } from "../../../src/engine/localEngine";
import { openBytes } from "../../../src/engine/openBytes";
import { describeSnapshot } from "../../../src/extension/panel/describeSnapshot";
import { nodeFiles } from "../../../src/node/nodeFiles";
import type { Opened } from "../../../src/protocol/engine";
import { decodeRows } from "../../../src/protocol/rows";
import type { Row } from "../../../src/protocol/values";
import { loadChain } from "../../../src/webview/page/loadChain";
import { flipBit } from "../../support/stores/damage";
import { packedState, plainState, writeV7Snapshot } from "../../support/stores/rqliteV7Store";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { sqlJs, written } from "../engine/openDatabase";

// A snapshot of rqlite 7 on the way of the page: described by the extension, read piece by piece, unpacked by the engine.

const ID = "2-7-1000";

/** Opens the newest snapshot of a store in the page's engine, and asks it something. */
async function inPage(directory: string, sql: string): Promise<{ readonly opened: Opened; readonly rows: Row[] }> {
	const files = nodeFiles(directory);
	const store = await readStore(files);
	// Over the channel it is JSON.
	const description = JSON.parse(JSON.stringify(describeSnapshot(store, store.newest!, "store")));
	const chain = await loadChain(
		description,
		(file, offset, length) => files.read(description.files[file].path, offset, length),
		() => {},
		new AbortController().signal,
	);
	const engine = new LocalEngine(sqlJs, openBytes);
	const opened = await engine.open(chain, { allowDamaged: true });
	if (opened.state === "damaged") return { opened, rows: [] };
	const { cursor } = await engine.query(sql);
	return { opened, rows: decodeRows((await engine.fetchRows(cursor, 10)).rows) };
}

function storeOf(state: Uint8Array): string {
	const directory = temporaryDirectory();
	writeV7Snapshot(directory, { id: ID, state });
	return directory;
}

const database = written("create table t(a); insert into t values (zeroblob(1200000)), ('last')");

test.each([
	["packed", packedState],
	["not packed", plainState],
])("a database that is %s", async (_, pack) => {
	const { opened, rows } = await inPage(storeOf(pack(database)), "select length(a) from t");
	expect(rows).toEqual([[1200000n], [4n]]);
	expect(opened).toMatchObject({
		state: "open",
		lazily: true,
		report: { base: { path: `${ID}/state.bin` }, pageSize: 4096, findings: [] },
	});
});

test("a database without a page", async () => {
	const { opened, rows } = await inPage(storeOf(plainState(new Uint8Array(0))), "select count(*) from sqlite_schema");
	expect(rows).toEqual([[0n]]);
	expect(opened).toMatchObject({ state: "open", report: { pageCount: 0, findings: [] } });
});

test("a damaged one is refused, and the report says why", async () => {
	const directory = storeOf(packedState(database));
	flipBit(join(directory, ID, "state.bin"), 100);
	const { opened } = await inPage(directory, "select 1");
	expect(opened).toMatchObject({
		state: "damaged",
		canOpen: false,
		report: { findings: [{ code: "state-checksum-mismatch", path: `${ID}/state.bin`, offset: 0, snapshots: [ID] }] },
	});
});
