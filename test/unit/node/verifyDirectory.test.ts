import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStore } from "../../../src/core/snapshot/catalog";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { verifyDirectory } from "../../../src/node/verifyDirectory";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { RqliteV10Builder } from "../../support/stores/rqliteV10Store";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

const FULL = "2-8-1795420800000";
const NEXT = "2-9-1795420860000";
const REAPED = "2-9-1795420920000";

/** A store of one full snapshot and one that goes on from it. */
function node(): RqliteV10Builder {
	const builder = new RqliteV10Builder(temporaryDirectory(), new LiveDatabase());
	builder.database.run("create table t(a)");
	builder.full(FULL);
	builder.database.run("insert into t values(1)");
	builder.incremental(NEXT);
	return builder;
}

/** Lists a store while a file is at another place, which it then leaves. */
async function listWithout(directory: string, file: string) {
	const [here, away] = [join(directory, file), join(temporaryDirectory(), "away")];
	renameSync(here, away);
	const store = await readStore(nodeFiles(directory));
	renameSync(away, here);
	return store;
}

test("what was only being moved when the store was listed is not called missing", async () => {
	const { directory, database } = node();
	const store = await listWithout(directory, `${FULL}/data.db`);
	await expect(verifyDirectory(directory, store)).rejects.toThrow(
		`${FULL}/data.db changed since the store was listed. Try again; a node may be at work in it.`,
	);
	database.close();
});

test("what is missing still is called so, whatever the node has added meanwhile", async () => {
	const builder = node();
	const { directory, database } = builder;
	rmSync(join(directory, FULL, "data.db"));
	const store = await readStore(nodeFiles(directory));
	database.run("insert into t values(2)");
	builder.incremental("2-10-1795420980000");

	const { snapshots } = await verifyDirectory(directory, store);
	expect(snapshots.map(({ id, verdict }) => [id, verdict])).toEqual([
		[FULL, "none"],
		[NEXT, "none"],
	]);
	database.close();
});

test("damage to a store that was reaped meanwhile is not told of the snapshots before", async () => {
	const builder = node();
	const store = await listWithout(builder.directory, `${FULL}/data.db`);
	builder.reap(REAPED);
	await expect(verifyDirectory(builder.directory, store)).rejects.toThrow("changed since the store was listed.");
	builder.database.close();
});
