import { appendFileSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStore } from "../../../src/core/snapshot/catalog";
import { chainOf } from "../../../src/core/snapshot/chain";
import { openImage } from "../../../src/core/snapshot/openImage";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { openChain } from "../../../src/node/openChain";
import { imageBytes } from "../../support/images/openBytes";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { packedState, writeV7Snapshot } from "../../support/stores/rqliteV7Store";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

async function story() {
	const directory = temporaryDirectory();
	const [base, wal] = buildStore(directory, (store) => {
		store.database.run("create table t(a)");
		store.full();
		store.database.run("insert into t values(1)");
		store.incremental();
	});
	const store = await readStore(nodeFiles(directory));
	return { directory, base: base!, wal: wal!, chain: chainOf(store, store.newest!) };
}

test.runIf(process.platform === "linux")("files are open until they are closed", async () => {
	const open = () => readdirSync("/proc/self/fd").length;
	const { directory, wal, chain } = await story();
	const before = open();
	const files = await openChain(directory, chain);
	const { image } = openImage(files, wal.id);

	expect(open()).toBe(before + 2);
	rmSync(join(directory, wal.file));
	expect(Buffer.compare(imageBytes(image!), wal.image)).toBe(0);
	files.close();
	expect(open()).toBe(before);

	await expect(openChain(directory, chain)).rejects.toThrow(`${wal.file} is not there.`);
	expect(open()).toBe(before);
});

test.each([
	["grown", (file: string) => appendFileSync(file, "x")],
	["touched", (file: string) => utimesSync(file, 1, 1)],
])("a file that has %s since it was listed is not opened", async (_, change) => {
	const { directory, base, chain } = await story();
	change(join(directory, base.file));
	await expect(openChain(directory, chain)).rejects.toThrow(`${base.file} changed since the store was listed.`);
});

test.runIf(process.platform === "linux")(
	"a packed base is open until it is closed, and unpacking can be cancelled",
	async () => {
		const open = () => readdirSync("/proc/self/fd").length;
		const directory = temporaryDirectory();
		const live = new LiveDatabase();
		live.run("create table t(a)");
		const database = live.file();
		live.close();
		writeV7Snapshot(directory, { id: "2-7-1000", state: packedState(database) });
		const store = await readStore(nodeFiles(directory));
		const chain = chainOf(store, store.newest!);
		const before = open();

		const files = await openChain(directory, chain);
		expect(Buffer.compare(imageBytes(openImage(files, "2-7-1000").image!), database)).toBe(0);
		expect(open()).toBe(before + 1);
		files.close();
		await expect(openChain(directory, chain, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
		expect(open()).toBe(before);
	},
);

test("a chain without a base is not opened", async () => {
	const { directory, chain } = await story();
	await expect(openChain(directory, { ...chain, base: undefined })).rejects.toThrow("The generation has no base.");
});
