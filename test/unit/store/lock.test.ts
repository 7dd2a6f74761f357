import { existsSync, mkdirSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SnapshotStore } from "../../../src/store/snapshotStore";
import { add, fullStream, raft } from "../../support/streams/streams";
import { givenStore } from "./givenStore";

describe("the lock", () => {
	test("of a process that died counts no more after a while", async () => {
		const { store, base } = await givenStore(0);
		const lock = join(store.directory, "lock");
		mkdirSync(lock);
		await expect(store.create(raft())).rejects.toMatchObject({ code: "store-busy", path: lock });
		utimesSync(lock, new Date(), new Date(Date.now() - 25_000));
		await expect(store.create(raft())).rejects.toMatchObject({ code: "store-busy" });
		utimesSync(lock, new Date(), new Date(Date.now() - 31_000));
		await add(store, fullStream(base), { index: 20n });
		expect(existsSync(lock)).toBe(false);
	});

	test("is not needed to open, list, read and restore", async () => {
		const { store, ids } = await givenStore(1);
		mkdirSync(join(store.directory, "lock"));
		const other = await SnapshotStore.open(store.directory);
		expect((await other.list()).map(({ id }) => id)).toEqual(ids.slice(-1));
		(await other.openSnapshot("latest")).stream.destroy();
	});

	test("held by somebody else: what looks left over is left to them", async () => {
		const { store } = await givenStore(1);
		mkdirSync(join(store.directory, "generations/0000000002.tmp"));
		mkdirSync(join(store.directory, "lock"));
		await SnapshotStore.open(store.directory);
		expect(readdirSync(store.generationsDirectory)).toContain("0000000002.tmp");
	});
});
