import { appendFileSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStore } from "../../../src/core/snapshot/catalog";
import { chainOf } from "../../../src/core/snapshot/chain";
import { openImage } from "../../../src/core/snapshot/openImage";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { openChain } from "../../../src/node/openChain";
import { imageBytes } from "../../support/images/openBytes";
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

test("a chain without a base is not opened", async () => {
	const { directory, chain } = await story();
	await expect(openChain(directory, { ...chain, base: undefined })).rejects.toThrow("The generation has no base.");
});
