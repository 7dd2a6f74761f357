import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStore, storeFindings } from "../../../../src/core/snapshot/catalog";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

test("a meta.json of 200 MB is not read", async () => {
	const directory = temporaryDirectory();
	const path = "generations/0000000001/2-7-1000";
	mkdirSync(join(directory, path), { recursive: true });
	writeFileSync(join(directory, path, "meta.json"), "{");
	truncateSync(join(directory, path, "meta.json"), 200_000_000);
	const files = nodeFiles(directory);
	const read: string[] = [];
	const store = await readStore({
		...files,
		read: (path, offset, length) => {
			read.push(path);
			return files.read(path, offset, length);
		},
	});

	expect(read).toEqual([]);
	expect(storeFindings(store).find(({ code }) => code === "meta-unreadable")?.message).toBe(
		`${path}/meta.json cannot be read: it has 200000000 bytes, and more than 1048576 are not read.`,
	);
});
