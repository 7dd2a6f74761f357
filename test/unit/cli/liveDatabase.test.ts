import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { queryAll } from "../../support/sqlite/oracle";
import { buildDataDirectory, CLUSTER } from "../../support/stores/dataDirectory";
import { canLock, holdRaftLog } from "../../support/stores/holdRaftLog";
import { picture } from "../../support/stores/picture";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { failure, snapstore } from "./snapstore";

const ROWS = "select a from t";

/** Three nodes, the third without a snapshot so far. */
function cluster(): string {
	const directory = temporaryDirectory();
	buildDataDirectory(join(directory, "node1"), { store: "snapshots", servers: CLUSTER });
	buildDataDirectory(join(directory, "node2"), { store: "snapshots", servers: CLUSTER });
	buildDataDirectory(join(directory, "node3"));
	return directory;
}

test("list tells of the data directory that a store lies in, and of those without a store", async () => {
	const directory = cluster();
	const before = picture(directory);
	const { stdout } = await snapstore("list", directory, "--json");
	const { stores, dataDirectories } = JSON.parse(stdout);
	const liveDatabase = { file: "db.sqlite", sizeBytes: 8192, walBytes: 4152, unusable: null };
	expect(stores.map(({ root, dataDirectory }: Record<string, unknown>) => [root, dataDirectory])).toEqual([
		["node1/snapshots", { root: "node1", servers: CLUSTER, running: null, liveDatabase }],
		["node2/snapshots", { root: "node2", servers: CLUSTER, running: null, liveDatabase }],
	]);
	expect(dataDirectories).toEqual([{ root: "node3", servers: [], running: null, liveDatabase }]);
	expect(picture(directory)).toEqual(before);
});

test("list for people", async () => {
	const { status, stdout } = await snapstore("list", cluster());
	expect(status).toBe(0);
	expect(stdout).toContain(
		[
			"Store node1/snapshots (generations)",
			"Data directory node1",
			"  server node1 at localhost:4002 (voter)",
			"  server node2 at localhost:4004 (voter)",
			"  server node3 at localhost:4006 (voter)",
			'  live database: 8192 bytes, and 4152 of WAL; query and restore it as "live"',
			"",
			"Generation 0000000001, current",
		].join("\n"),
	);
	expect(stdout).toMatch(/\n\nData directory node3\n {2}live database: .*\n {2}no snapshot store\n$/);
});

test.runIf(canLock)("list says that a node seems to be running, and by what", async () => {
	const directory = temporaryDirectory();
	buildDataDirectory(directory);
	const raftLog = await holdRaftLog(directory);
	expect((await snapstore("list", directory)).stdout).toMatch(
		/^Data directory \., a node seems to be running: process -?\d+ holds .*raft\.db\n/,
	);
	const { dataDirectories } = JSON.parse((await snapstore("list", directory, "--json")).stdout);
	expect(dataDirectories[0].running).toEqual({ lockedBy: expect.any(Number), file: join(directory, "raft.db") });
	await raftLog.release();
});

test("query shows what the node would answer, log included, and touches nothing", async () => {
	const directory = cluster();
	const before = picture(directory);
	for (const node of ["node1", "node2/snapshots", "node3"]) {
		const { stdout, stderr } = await snapstore("query", directory, "live", ROWS, "--store", node, "--json");
		expect([JSON.parse(stdout).rows, stderr]).toEqual([[[1], [2]], ""]);
	}
	expect((await snapstore("query", join(directory, "node1"), "latest", ROWS, "--json")).stdout).toContain("[[1]]");
	expect((await snapstore("query", join(directory, "node1/snapshots"), "live", ROWS, "--json")).stdout).toContain(
		"[[1],[2]]",
	);
	expect(picture(directory)).toEqual(before);
});

test("restore writes it as one file, elsewhere", async () => {
	const directory = cluster();
	const output = join(temporaryDirectory(), "live.sqlite");
	const { stdout } = await snapstore("restore", join(directory, "node3"), "live", "--output", output, "--json");
	expect(JSON.parse(stdout)).toMatchObject({
		file: output,
		base: "db.sqlite",
		wals: [{ path: "db.sqlite-wal", frames: 1, framesApplied: 1, stopped: "end-of-file" }],
	});
	expect(queryAll(readFileSync(output), ROWS)).toEqual([[1n], [2n]]);

	const inside = join(directory, "node3/copy.sqlite");
	expect(await snapstore("restore", join(directory, "node3"), "live", "--output", inside)).toEqual(
		failure(1, /lies in the node's data directory, which is only read/),
	);
});

test("which one, where there are several, and what there is where there is none", async () => {
	const directory = cluster();
	expect(await snapstore("query", directory, "live", ROWS)).toEqual(
		failure(2, `${directory} has the live databases of 3 nodes; pick one with --store: node1, node2, node3.`),
	);
	expect(await snapstore("query", directory, "live", ROWS, "--store", "node9")).toEqual(
		failure(2, `${directory} has no live database in node9; it has: node1, node2, node3.`),
	);
	rmSync(join(directory, "node1/db.sqlite"));
	expect(await snapstore("query", join(directory, "node1"), "live", ROWS)).toEqual(
		failure(1, /there is no live database, a db\.sqlite beside the store in a node's data directory\.$/m),
	);
	expect(await snapstore("query", join(directory, "node3"), "latest", ROWS)).toEqual(
		failure(2, /There is no snapshot store in .*node3, only the live database of a node \(\.\)/),
	);
});

test("a database beside anything but a node's store is nobody's live database", async () => {
	const directory = temporaryDirectory();
	buildDataDirectory(directory, { store: "backup" });
	rmSync(join(directory, "raft.db"));
	const { stores } = JSON.parse((await snapstore("list", directory, "--json")).stdout);
	expect(stores[0].dataDirectory).toBeUndefined();
});

test("one that is no database, or in the middle of a transaction, is refused in a line", async () => {
	const directory = temporaryDirectory();
	buildDataDirectory(directory);
	writeFileSync(join(directory, "db.sqlite-journal"), "\xd9\xd5");
	expect(await snapstore("query", directory, "live", ROWS)).toEqual(
		failure(1, /^snapstore: the live database in \.: db\.sqlite is in the middle of a transaction: .*\n$/),
	);
	writeFileSync(join(directory, "db.sqlite"), "text");
	rmSync(join(directory, "db.sqlite-journal"));
	expect(await snapstore("query", directory, "live", ROWS)).toEqual(failure(1, /db\.sqlite is no SQLite database/));
	rmSync(join(directory, "db.sqlite"));
	mkdirSync(join(directory, "db.sqlite"));
	expect(await snapstore("query", directory, "live", ROWS)).toEqual(failure(2, /There is no snapshot store in/));
});

test("SQL that fails names the live database", async () => {
	const directory = temporaryDirectory();
	buildDataDirectory(directory);
	expect(await snapstore("query", directory, "live", "select * from missing")).toEqual(
		failure(1, "live database: no such table: missing"),
	);
});
