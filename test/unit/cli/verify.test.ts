import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { flipBit } from "../../support/stores/damage";
import { canLock, holdRaftLog } from "../../support/stores/holdRaftLog";
import { picture } from "../../support/stores/picture";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { failure, snapstore } from "./snapstore";

const G1 = "generations/0000000001";

/** What `verify` says, and that it left the store alone. */
async function verify(store: string, ...options: readonly string[]) {
	const before = picture(store);
	const { status, stdout, stderr } = await snapstore("verify", store, ...options);
	expect(picture(store)).toEqual(before);
	return { status, stdout, stderr };
}

async function verifyJson(store: string, ...options: readonly string[]) {
	const { status, stdout } = await verify(store, "--json", ...options);
	const { stores } = JSON.parse(stdout);
	return { status, stores };
}

describe("a sound store", () => {
	test("ends with 0: every snapshot is exact", async () => {
		const store = temporaryDirectory();
		const ids = buildShop(store).map(({ id }) => id);
		expect(await verifyJson(store)).toMatchObject({
			status: 0,
			stores: [
				{
					root: ".",
					layout: "generations",
					sound: true,
					restorable: ids,
					snapshots: ids.map((id) => ({ id, verdict: "exact", upTo: null, cause: null })),
					checked: ["structure", "meta", "base", "wal", "sidecars", "database"],
					notChecked: [],
				},
			],
		});
	});

	test("is told so in a table", async () => {
		const store = temporaryDirectory();
		const ids = buildShop(store).map(({ id }) => id);
		const { status, stdout, stderr } = await verify(store);
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		expect(stdout).toContain("Store . (generations): sound\n");
		expect(stdout).toContain(`4 of 4 snapshots can be restored exactly; the newest of them is ${ids[3]}.\n`);
		for (const id of ids) expect(stdout).toMatch(new RegExp(`${id} +yes\n`));
	});
});

test("a damaged log ends with 1: the snapshots before it are exact, those from it on in part", async () => {
	const store = temporaryDirectory();
	const [full, second, third] = buildShop(store);
	flipBit(join(store, third.file), 100);
	const { status, stores } = await verifyJson(store);

	expect(status).toBe(1);
	expect(stores[0].sound).toBe(false);
	const cause = stores[0].findings.findIndex(({ code }: { code: string }) => code === "wal-checksum-mismatch");
	expect(stores[0].findings[cause]).toMatchObject({
		severity: "error",
		path: third.file,
		offset: 32,
		frame: 1,
		snapshots: [third.id],
	});
	expect(stores[0].snapshots.slice(0, 3)).toEqual([
		{ id: full.id, verdict: "exact", upTo: null, cause: null },
		{ id: second.id, verdict: "exact", upTo: null, cause: null },
		{ id: third.id, verdict: "partial", upTo: second.id, cause },
	]);
	const { stdout } = await verify(store);
	expect(stdout).toMatch(new RegExp(`${third.id} +in part +${second.id} +wal-checksum-mismatch`));
	expect(stdout).toContain(`\n${join(store, third.file)}: error wal-checksum-mismatch: ${third.file}: `);
});

test("--snapshot verifies one with what its state depends on, and nothing behind it", async () => {
	const store = temporaryDirectory();
	const [, second, third] = buildShop(store);
	flipBit(join(store, third.file), 100);
	const of = async (id: string) => {
		const { status, stores } = await verifyJson(store, "--snapshot", id);
		return [status, stores[0].snapshots.at(-1).id, stores[0].snapshots.at(-1).verdict];
	};
	expect(await of(second.id)).toEqual([0, second.id, "exact"]);
	expect(await of(third.id)).toEqual([1, third.id, "partial"]);
	expect(await snapstore("verify", store, "--snapshot", "2-1-1")).toEqual(
		failure(1, `${store}: snapshot 2-1-1 not found; the store has 4, see snapstore list.`),
	);
});

test("several stores are verified one by one; --store picks one", async () => {
	const directory = temporaryDirectory();
	buildShop(join(directory, "a"));
	const [, second] = buildShop(join(directory, "b"));
	rmSync(join(directory, "b", second.file));
	const { status, stores } = await verifyJson(directory);
	expect([status, stores.map(({ root, sound }: { root: string; sound: boolean }) => `${root} ${sound}`)]).toEqual([
		1,
		["a true", "b false"],
	]);
	expect((await verifyJson(directory, "--store", "a")).status).toBe(0);
	expect((await verify(directory)).stdout).toContain(
		`\n${join(directory, "b", second.file)}: error wal-missing: ${second.file}`,
	);
});

test("--full finds rows whose foreign keys lead nowhere: a warning, for the snapshot can be restored", async () => {
	const store = temporaryDirectory();
	const [full] = buildStore(store, (builder) => {
		builder.database.run(
			"pragma foreign_keys = off; create table p(id integer primary key); create table c(p references p)",
		);
		builder.database.run("insert into c values(7)");
		builder.full();
	});
	expect(await verifyJson(store)).toMatchObject({ status: 0, stores: [{ findings: [] }] });
	expect(await verifyJson(store, "--full")).toMatchObject({
		status: 0,
		stores: [{ restorable: [full!.id], findings: [{ code: "constraint-violated", severity: "warning" }] }],
	});
});

test("--full finds an index that does not hold what its table does", async () => {
	const live = new LiveDatabase({ pageSize: 512 });
	live.run("create table t(a); create index i on t(a); insert into t values('first'), ('second')");
	const file = Buffer.from(live.file());
	live.close();
	// The index's page is the last one; the table's page holds the same text before it.
	file.write("f1rst", file.lastIndexOf("first"));
	const store = temporaryDirectory();
	const [full] = buildStore(store, (builder) => void builder.full({ file }), { pageSize: 512 });
	const { status, stores } = await verifyJson(store, "--full");
	expect(status).toBe(1);
	expect(stores[0]).toMatchObject({
		restorable: [],
		findings: [{ code: "database-damaged", path: `${G1}/base.sqlite`, snapshots: [full!.id] }],
	});
	expect(stores[0].findings[0].message).toMatch(/missing from index i/);
});

test("--quick leaves the databases out, and says so", async () => {
	const store = temporaryDirectory();
	buildShop(store);
	const { stores } = await verifyJson(store, "--quick");
	expect(stores[0]).toMatchObject({ notChecked: ["database"] });
	expect((await verify(store, "--quick")).stdout).toContain("\nNot checked: database.\n");
	expect(await snapstore("verify", store, "--quick", "--full")).toEqual(failure(2, "Name one of --quick and --full."));
});

test.runIf(canLock)("a node that is running is named: what it is in the middle of may look damaged", async () => {
	const top = temporaryDirectory();
	buildShop(join(top, "generations-store"));
	const raftLog = await holdRaftLog(top);
	const { stdout } = await verify(top);
	expect(stdout).toMatch(
		/\nA node seems to be running: process \d+ holds .*raft\.db\. .* verify again once it is stopped\.\n/,
	);
	const [store] = (await verifyJson(top)).stores;
	expect(store.running).toEqual({ lockedBy: expect.any(Number), file: join(top, "raft.db") });
	await raftLog.release();
	expect((await verifyJson(top)).stores[0].running).toBeNull();
});
