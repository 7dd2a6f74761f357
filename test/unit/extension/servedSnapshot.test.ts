import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Finding } from "../../../src/core/verify/finding";
import { ServedSnapshot } from "../../../src/extension/panel/servedSnapshot";
import { servedStore } from "../../support/page/servedStore";
import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

/** A store of a full snapshot and three incremental ones, in which a server joins with the third. */
function served(position: number) {
	const directory = temporaryDirectory();
	const n1 = { id: "n1", address: "one:4002", suffrage: "voter" } as const;
	const built = buildStore(
		directory,
		(store) => {
			store.database.run("create table t(a)");
			store.full();
			for (const servers of [[n1], [n1, { ...n1, id: "n2" }], undefined]) {
				store.database.run("insert into t values(1)");
				store.incremental(servers === undefined ? {} : { servers });
			}
		},
		{ servers: [n1] },
	) as [BuiltSnapshot, BuiltSnapshot, BuiltSnapshot, BuiltSnapshot];
	const told: Finding[] = [];
	const store = servedStore(directory, (findings) => told.push(...findings));
	const { id } = built[position]!;
	return { snapshot: new ServedSnapshot(store, id, () => "the/store"), directory, built, id, told };
}

test("a snapshot is described with the files of its chain, and their bytes are handed out", async () => {
	const { snapshot, directory, built, id } = served(2);
	const description = await snapshot.describe();
	expect(description).toMatchObject({ id, present: true, upTo: id, newest: built[3].id, findings: [] });
	expect(description.files.map(({ path }) => path)).toEqual(built.slice(0, 3).map(({ file }) => file));
	const wal = readFileSync(join(directory, built[1].file));
	expect(Buffer.compare(await snapshot.read(1, 0, wal.byteLength), wal)).toBe(0);
});

test("it is told with Raft's servers and how they changed up to it", async () => {
	const { snapshot, built } = served(3);
	const { raft } = await snapshot.describe();
	expect(raft.servers.map(({ id }) => id)).toEqual(["n1", "n2"]);
	expect(raft).toMatchObject({
		configurationIndex: String(BigInt(built[2].id.split("-")[1] ?? 0) - 1n),
		earlierChanges: 0,
	});
	expect(raft.changes).toEqual([{ snapshot: built[2].id, server: "n2", before: undefined, after: raft.servers[1] }]);
	const before = served(1);
	expect((await before.snapshot.describe()).raft.changes).toEqual([]);
});

test("behind a missing log it has the files of the last whole snapshot before it", async () => {
	const { snapshot, directory, built } = served(3);
	rmSync(join(directory, built[2].file));
	const description = await snapshot.describe();
	expect(description).toMatchObject({ present: true, upTo: built[1].id, findings: [{ code: "wal-missing" }] });
	expect(description.files.map(({ path }) => path)).toEqual([built[0].file, built[1].file]);
	expect((await snapshot.read(1, 0, 32)).byteLength).toBe(32);
});

test("once it was there, it is described as gone, beside what is the newest then", async () => {
	const { snapshot, directory, built, id } = served(3);
	await snapshot.describe();
	rmSync(join(directory, built[3].path), { recursive: true });
	expect(await snapshot.describe()).toMatchObject({
		id,
		present: false,
		upTo: undefined,
		files: [],
		newest: built[2].id,
	});
	await expect(snapshot.read(0, 0, 1)).rejects.toMatchObject({ code: "not-offered" });
	expect(await snapshot.find("latest")).toBe(built[2].id);
	await expect(snapshot.find(id)).rejects.toThrow(`Snapshot ${id} is no longer in the/store.`);
});

test("one that was never there is refused as gone, a store that cannot be read with the reason", async () => {
	const { snapshot, directory, built } = served(3);
	rmSync(join(directory, built[3].path), { recursive: true });
	await expect(snapshot.describe()).rejects.toMatchObject({ code: "gone" });
	rmSync(directory, { recursive: true });
	await expect(snapshot.describe()).rejects.not.toMatchObject({ code: "gone" });
});

test("what its page finds is told to the store, once it is known which store that was", async () => {
	const { snapshot, told } = served(3);
	const finding = { code: "wal-torn-frame", severity: "error", path: "wal", snapshots: [], message: "m", advice: "a" };
	snapshot.report([finding]);
	expect(told).toEqual([]);
	await snapshot.describe();
	snapshot.report([finding]);
	expect(told).toEqual([finding]);
});
