import { rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { readDataDirectory } from "../../../src/core/dataDirectory/dataDirectory";
import { openImage } from "../../../src/core/snapshot/openImage";
import { ServedLive } from "../../../src/extension/panel/servedLive";
import { nodeFiles } from "../../../src/node/nodeFiles";
import type { SnapshotDescription } from "../../../src/protocol/page";
import { decodeRows } from "../../../src/protocol/rows";
import { EngineSession } from "../../../src/webview/engine/engineSession";
import { imageBytes } from "../../support/images/openBytes";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { queryAll } from "../../support/sqlite/oracle";
import { picture } from "../../support/stores/picture";
import { hostHome } from "../engine/hostHome";

/** The live database of a node that is at work, and the page's side of it. */
async function served() {
	const node = new LiveDatabase();
	onTestFinished(() => node.close());
	node.run("create table t(a)");
	node.cutWal();
	node.run("insert into t values(1)");
	const files = nodeFiles(node.directory);
	const look = async () => {
		const data = await readDataDirectory(files);
		return data && { uri: "file:///data", data, running: undefined };
	};
	const store = {
		files,
		data: await look(),
		refresh: async () => {
			store.data = await look();
			return { state: "unreadable", message: "no store" } as const;
		},
		addFindings: () => {},
	};
	const live = new ServedLive(store, {
		place: () => "data",
		placeOf: () => "data",
		pathOf: () => node.directory,
		filesIn: () => files,
	});
	return { node, live };
}

/** Reads the files as the page does, and asks SQLite for the rows. */
async function rowsOf(live: ServedLive, { files }: SnapshotDescription) {
	const [base, wal] = await Promise.all(
		files.map(async ({ path, sizeBytes }, position) => {
			const bytes = await live.read(position, 0, sizeBytes);
			return { path, source: { sizeBytes, readInto: copyFrom(bytes) } };
		}),
	);
	const { image } = openImage({ base: base!, wals: wal ? [wal] : [], pending: 1 }, "live");
	return queryAll(imageBytes(image!), "select a from t");
}

function copyFrom(bytes: Uint8Array) {
	return (target: Uint8Array, offset: number) => {
		const part = bytes.subarray(offset, offset + target.byteLength);
		target.set(part);
		return part.byteLength;
	};
}

test("it is described as what it is, with the file and the log beside it", async () => {
	const { live } = await served();
	const description = await live.describe();
	expect(description).toMatchObject({
		live: true,
		id: "live",
		newest: "live",
		upTo: "live",
		store: "data",
		present: true,
		pending: 1,
	});
	expect(description.files.map(({ path }) => path)).toEqual(["db.sqlite", "db.sqlite-wal"]);
	expect(await rowsOf(live, description)).toEqual([[1n]]);
});

test("a node that writes on while it is read disturbs nothing, and is told of afterwards", async () => {
	const { node, live } = await served();
	const description = await live.describe();
	node.run("insert into t values(2)");
	expect(await rowsOf(live, description)).toEqual([[1n]]);
	expect(await live.describe()).toBe(description);
	const later = await live.describe();
	expect(later.files[1]!.sizeBytes).toBeGreaterThan(description.files[1]!.sizeBytes);
	expect(await rowsOf(live, later)).toEqual([[1n], [2n]]);
});

test("a checkpoint while it is read makes the page read again", async () => {
	const { node, live } = await served();
	const description = await live.describe();
	await live.read(0, 0, 100);
	node.run("insert into t values(2)");
	node.cutWal();
	await expect(live.read(0, 100, 100)).rejects.toMatchObject({ name: "PieceError", code: "changed" });
	const again = await live.describe();
	expect(again).not.toBe(description);
	expect(await rowsOf(live, again)).toEqual([[1n], [2n]]);
});

test("a database that goes is told of as gone, and one that never was there is refused", async () => {
	const { node, live } = await served();
	const description = await live.describe();
	rmSync(`${node.directory}/db.sqlite`);
	expect(await live.describe()).toMatchObject({ ...description, present: false, upTo: undefined, files: [] });
	await expect(live.read(0, 0, 1)).rejects.toMatchObject({ code: "not-offered" });

	const other = await served();
	rmSync(`${other.node.directory}/db.sqlite`);
	await expect(other.live.describe()).rejects.toMatchObject({ code: "gone" });
});

/** A page's engine beside the extension, over the files as they are described now. */
async function engineOver(live: ServedLive) {
	const { home, served: engines } = hostHome(() => live.hold());
	const description = await live.describe();
	engines.describe(description);
	const session = new EngineSession(await home.load(), { allowDamaged: false });
	// The page asks whether what it holds is one state.
	expect(await live.describe()).toBe(description);
	onTestFinished(() => session.close());
	expect(await session.opened).toMatchObject({ state: "open" });
	return async () => {
		const { cursor } = await session.ask((engine) => engine.query("select a from t"));
		return decodeRows((await session.ask((engine) => engine.fetchRows(cursor, 100))).rows);
	};
}

test("queried beside the extension it stays in one state while the node makes its log longer", async () => {
	const { node, live } = await served();
	const before = picture(node.directory);
	const rows = await engineOver(live);
	expect(await rows()).toEqual([[1n]]);
	expect(picture(node.directory)).toEqual(before);
	node.run("insert into t values(2)");
	expect(await rows()).toEqual([[1n]]);
	expect(await (await engineOver(live))()).toEqual([[1n], [2n]]);
});

test.each([
	["starts its log over", (node: LiveDatabase) => node.restartWal()],
	["cuts its log", (node: LiveDatabase) => node.cutWal()],
])("queried beside the extension it gives no answer once the node %s", async (_, checkpoint) => {
	const { node, live } = await served();
	const rows = await engineOver(live);
	node.run("insert into t values(2)");
	checkpoint(node);
	node.run("insert into t values(3)");
	await expect(rows()).rejects.toMatchObject({ code: "changed", message: expect.stringContaining("db.sqlite") });
});

test("files that the node checkpoints before they are held are not taken for those that were described", async () => {
	const { node, live } = await served();
	const { home, served: engines } = hostHome(() => live.hold());
	engines.describe(await live.describe());
	node.run("insert into t values(2)");
	node.cutWal();
	await expect(home.load()).rejects.toMatchObject({ code: "changed" });
});
