import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { worstSeverity } from "../../../src/core/verify/finding";
import { verifyDirectory } from "../../../src/node/verifyDirectory";
import { SnapshotStore } from "../../../src/store/snapshotStore";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { checkpoint, integrityCheck } from "../../support/sqlite/oracle";
import { metaText } from "../../support/stores/meta";
import { picture } from "../../support/stores/picture";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { add, fullStream, incrementalStream } from "../../support/streams/streams";
import { givenStore } from "./givenStore";

/** Everything that our own reader has to say about a store. */
async function findings(store: SnapshotStore) {
	return (await verifyDirectory(store.directory, await store.read())).findings;
}

async function restored(store: SnapshotStore, id: string): Promise<Buffer> {
	const file = join(temporaryDirectory(), "restored.sqlite");
	await store.restore(id, file);
	return readFileSync(file);
}

test("a new store in a directory that is not there has nothing but generations/", async () => {
	const directory = join(temporaryDirectory(), "a", "b");
	const store = await SnapshotStore.open(directory);
	expect(readdirSync(directory)).toEqual(["generations"]);
	expect(await store.fullNeeded()).toBe(true);
	expect(await store.list()).toEqual([]);
	expect(await store.stats()).toEqual({ generations: 0, available: [], sizeBytes: 0, nextGeneration: "0000000001" });
});

test("a directory that holds other things is no store, and stays as it is", async () => {
	const directory = temporaryDirectory();
	writeFileSync(join(directory, "raft.db"), "");
	await expect(SnapshotStore.open(directory)).rejects.toMatchObject({ code: "not-a-store", path: directory });
	expect(readdirSync(directory)).toEqual(["raft.db"]);
});

test("a full and incremental snapshots are listed, sound, and restore to what SQLite has", async () => {
	const { store, ids, images } = await givenStore(3);
	expect((await store.listAll()).map(({ id }) => id)).toEqual(ids);
	expect((await store.list()).map(({ id }) => id)).toEqual(ids.slice(-1));
	expect(await store.generations()).toEqual(["0000000001"]);
	expect(worstSeverity(await findings(store))).toBeUndefined();
	for (const [n, id] of ids.entries()) {
		const bytes = await restored(store, id);
		expect(bytes.equals(images[n]!)).toBe(true);
		expect(integrityCheck(bytes)).toEqual(["ok"]);
	}
	expect(readdirSync(join(store.directory, "scratchpad"))).toEqual([]);
	expect(existsSync(join(store.directory, "lock"))).toBe(false);
});

test("opening a store in which nothing is to be done does not touch it", async () => {
	const { store } = await givenStore(1);
	const before = picture(store.directory);
	await SnapshotStore.open(store.directory);
	expect(picture(store.directory)).toEqual(before);
});

test("meta.json is that of rqlite to the byte, with whole uint64", async () => {
	const store = await SnapshotStore.open(temporaryDirectory(), { now: () => 1_795_387_547_713 });
	const live = new LiveDatabase();
	live.run("create table t(a)");
	const servers = [
		{ id: "a<b>&", address: "10.0.0.1:4002", suffrage: "voter" },
		{ id: "c", address: "10.0.0.2:4002", suffrage: "nonvoter" },
	] as const;
	const [index, term, configurationIndex] = [2n ** 64n - 1n, 2n ** 63n, 9007199254740993n];
	const id = await add(store, fullStream(live.file()), { index, term, configuration: servers, configurationIndex });
	live.close();
	expect(id).toBe("9223372036854775808-18446744073709551615-1795387547713");
	const text = readFileSync(join(store.directory, "generations/0000000001", id, "meta.json"), "utf8");
	const plain = metaText({ id, index, term, servers, configurationIndex, full: true });
	expect(text).toBe(plain.replace("a<b>&", "a\\u003cb\\u003e\\u0026"));
});

test("an id comes after all of its term and index, whatever the clock says", async () => {
	const store = await SnapshotStore.open(temporaryDirectory(), { now: () => 1000 });
	const live = new LiveDatabase();
	live.run("create table t(a)");
	const ids: string[] = [];
	for (let n = 0; n < 3; n++) ids.push(await add(store, fullStream(live.file()), { index: 5n }));
	live.close();
	expect(ids).toEqual(["1-5-1000", "1-5-1001", "1-5-1002"]);
});

describe("a full stream with WALs", () => {
	test("becomes a base in which SQLite's own checkpoint has put them", async () => {
		const { base, wals } = await givenStore(3);
		const store = await SnapshotStore.open(temporaryDirectory());
		const id = await add(store, fullStream(base, wals));
		const file = readFileSync(join(store.directory, "generations/0000000001/base.sqlite"));
		expect(file.equals(checkpoint(base, wals))).toBe(true);
		expect((await restored(store, id)).equals(file)).toBe(true);
		expect(worstSeverity(await findings(store))).toBeUndefined();
	});

	test("is the next generation, from which incremental ones go on", async () => {
		const { store, base, wals, images } = await givenStore(3);
		const full = await add(store, fullStream(base, wals.slice(0, 2)), { index: 20n });
		const next = await add(store, incrementalStream(wals[2]!), { index: 21n });
		expect(await store.generations()).toEqual(["0000000001", "0000000002"]);
		expect((await restored(store, full)).equals(images[2]!)).toBe(true);
		expect((await restored(store, next)).equals(images[3]!)).toBe(true);
	});
});

test("a snapshot without changes is kept, read back, and followed", async () => {
	const { store, wals, images } = await givenStore(1);
	const empty = await add(store, incrementalStream(new Uint8Array(0)), { index: 30n });
	const header = await add(store, incrementalStream(wals[0]!.subarray(0, 32)), { index: 31n });
	for (const id of [empty, header]) expect((await restored(store, id)).equals(images[1]!)).toBe(true);
	expect(worstSeverity(await findings(store))).toBe("info");
});

describe("reap", () => {
	test.each([2, 3, 4])("to %i snapshots leaves a base that equals SQLite's own checkpoint", async (retain) => {
		const { store, ids, base, wals, images } = await givenStore(4);
		const { keep } = await store.reap({ retain });
		expect(keep).toEqual(ids.slice(-retain));
		expect((await store.listAll()).map(({ id }) => id)).toEqual(keep);
		const file = readFileSync(join(store.directory, "generations/0000000001/base.sqlite"));
		expect(file.equals(checkpoint(base, wals.slice(0, -retain)))).toBe(true);
		for (const id of keep) expect((await restored(store, id)).equals(images[ids.indexOf(id)]!)).toBe(true);
		expect(worstSeverity(await findings(store))).toBeUndefined();
		expect(readdirSync(store.directory).sort()).toEqual(["generations", "scratchpad"]);
		expect(readdirSync(store.generationDirectory("0000000001")).sort()).toEqual([...keep, "base.sqlite"].sort());
	});

	test("goes on from there: more snapshots, another reap, another generation", async () => {
		const { store, base, wals, images } = await givenStore(4);
		await store.reap();
		const empty = await add(store, incrementalStream(new Uint8Array(0)), { index: 30n });
		const full = await add(store, fullStream(base, wals), { index: 40n });
		expect((await restored(store, empty)).equals(images[4]!)).toBe(true);
		await store.reap();
		expect((await store.listAll()).map(({ id }) => id)).toEqual([full]);
		expect(await store.generations()).toEqual(["0000000002"]);
		expect((await restored(store, full)).equals(images[4]!)).toBe(true);
	});

	test("of what is reaped already, or has too little, does nothing", async () => {
		const { store } = await givenStore(1);
		const before = picture(join(store.directory, "generations"));
		expect((await store.reap()).steps).toEqual([]);
		expect(picture(join(store.directory, "generations"))).toEqual(before);
	});

	test.each([1, 0, -1, 2.5, Number.NaN])("refuses to keep %d", async (retain) => {
		const { store } = await givenStore(0);
		await expect(store.reap({ retain })).rejects.toMatchObject({ code: "retain-too-low" });
	});

	test("follows each snapshot where that was asked for", async () => {
		const { store, ids, images } = await givenStore(4, 4, { reapAfter: { retain: 2 } });
		expect((await store.listAll()).map(({ id }) => id)).toEqual(ids.slice(-2));
		expect((await restored(store, "latest")).equals(images[4]!)).toBe(true);
	});
});

test("a full stream of a snapshot makes the same snapshot in another store", async () => {
	const { store, ids, images } = await givenStore(3);
	for (const [n, id] of ids.entries()) {
		const { stream, sizeBytes } = await store.openSnapshot(id);
		const pieces: Buffer[] = [];
		for await (const piece of stream) pieces.push(piece);
		const bytes = Buffer.concat(pieces);
		expect(bytes.byteLength).toBe(sizeBytes);
		const other = await SnapshotStore.open(temporaryDirectory());
		expect((await restored(other, await add(other, bytes))).equals(images[n]!)).toBe(true);
	}
});

test("a stream is restored to a file, and nothing else is left", async () => {
	const { store, base, wals, images } = await givenStore(2);
	const { stream } = await store.openSnapshot("latest");
	const directory = temporaryDirectory();
	await store.restore(stream, join(directory, "db.sqlite"));
	expect(readFileSync(join(directory, "db.sqlite")).equals(images[2]!)).toBe(true);
	expect(readdirSync(directory)).toEqual(["db.sqlite"]);
	async function* pieces() {
		yield fullStream(base, wals).subarray(0, 5000);
	}
	await expect(store.restore(pieces(), join(directory, "other.sqlite"))).rejects.toMatchObject({
		code: "stream-truncated",
	});
	expect(readdirSync(directory)).toEqual(["db.sqlite"]);
});
