import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStore, storeSnapshots } from "../../../../src/core/snapshot/catalog";
import { lastComplete } from "../../../../src/core/snapshot/lastComplete";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import { buildStore } from "../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

/** Index of the last complete snapshot, for each of full 1, incremental 2 and 3, and full 4 of another generation. */
async function lastOfEach(...missing: readonly number[]): Promise<readonly (bigint | undefined)[]> {
	const directory = temporaryDirectory();
	const built = buildStore(directory, (store) => {
		store.database.run("create table t(a)");
		for (const index of [1, 2, 3, 4]) {
			store.database.run("insert into t values(1)");
			if (index === 1 || index === 4) store.full({ index });
			else store.incremental({ index });
		}
	});
	for (const n of missing) rmSync(join(directory, built[n - 1]!.file));
	const store = await readStore(nodeFiles(directory));
	return storeSnapshots(store).map((snapshot) => lastComplete(store, snapshot)?.index);
}

test("a snapshot whose files are all there is its own", async () => {
	expect(await lastOfEach()).toEqual([1n, 2n, 3n, 4n]);
});

test("behind a missing log it is the one before, never one of another generation", async () => {
	expect(await lastOfEach(3)).toEqual([1n, 2n, 2n, 4n]);
	expect(await lastOfEach(2)).toEqual([1n, 1n, 1n, 4n]);
	expect(await lastOfEach(4)).toEqual([1n, 2n, 3n, undefined]);
	expect(await lastOfEach(1)).toEqual([undefined, undefined, undefined, 4n]);
});
