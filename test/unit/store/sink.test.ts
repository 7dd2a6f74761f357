import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CreateOptions, SnapshotStore } from "../../../src/store/snapshotStore";
import type { StoreErrorCode } from "../../../src/store/storeError";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { sealWal } from "../../support/sqlite/sealWal";
import { writeWal } from "../../support/sqlite/writeWal";
import { flipBit } from "../../support/stores/damage";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { add, fullStream, incrementalStream, raft, rqlite10Head } from "../../support/streams/streams";
import { type GivenStore, givenStore, liveChain } from "./givenStore";

/** What a store holds, by path. */
const pathsIn = (store: SnapshotStore) => readdirSync(store.directory, { recursive: true, encoding: "utf8" }).sort();

/** Of another database than the given one, with pages of so many bytes. */
function otherDatabase(pageSize: number): { file: Uint8Array; wal: Uint8Array } {
	const live = new LiveDatabase({ pageSize });
	try {
		live.run("create table t(a)");
		const file = live.file();
		live.run("insert into t values(1)");
		return { file, wal: live.cutWal() };
	} finally {
		live.close();
	}
}

const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, n) => (n === at ? byte ^ 1 : byte));
const page = (fill: number) => new Uint8Array(1024).fill(fill);

describe("refused at close, with nothing left behind", () => {
	type Case = readonly [
		string,
		StoreErrorCode,
		(given: GivenStore) => { stream: Uint8Array; options?: Partial<CreateOptions> },
	];
	const cases: readonly Case[] = [
		["nothing", "stream-truncated", () => ({ stream: new Uint8Array(0) })],
		["a stream cut short", "stream-truncated", ({ base }) => ({ stream: fullStream(base).subarray(0, -1) })],
		["a byte to spare", "stream-too-long", ({ base }) => ({ stream: Buffer.concat([fullStream(base), page(0)]) })],
		["a header that is none", "bad-stream", ({ base }) => ({ stream: flipped(fullStream(base), 10) })],
		["another version", "unsupported-version", ({ base }) => ({ stream: flipped(fullStream(base), 9) })],
		["a stream of rqlite 10", "bad-stream", ({ base }) => ({ stream: ofRqlite10(base) })],
		["a database that is none", "damaged", ({ base }) => ({ stream: fullStream(base.map((byte) => ~byte)) })],
		["a database of no bytes", "damaged", () => ({ stream: fullStream(new Uint8Array(0)) })],
		["a database cut short", "damaged", ({ base }) => ({ stream: fullStream(base.subarray(0, -1024)) })],
		[
			"a full snapshot with a torn WAL",
			"damaged",
			({ base, wals }) => ({ stream: fullStream(base, [wals[0]!.subarray(0, -5)]) }),
		],
		[
			"a full snapshot that lacks a WAL's pages",
			"damaged",
			({ base, wals }) => ({ stream: fullStream(base, wals.slice(1)) }),
		],
		[
			"a full snapshot with foreign pages",
			"page-size-mismatch",
			({ base }) => ({ stream: fullStream(base, [otherDatabase(4096).wal]) }),
		],
		["foreign pages", "page-size-mismatch", () => ({ stream: incrementalStream(otherDatabase(4096).wal) })],
		["a torn WAL", "damaged", ({ wals }) => ({ stream: incrementalStream(wals[1]!.subarray(0, -5)) })],
		["a flipped bit", "damaged", ({ wals }) => ({ stream: incrementalStream(flipped(wals[1]!, 600)) })],
		["a flipped bit in the header", "damaged", ({ wals }) => ({ stream: incrementalStream(flipped(wals[1]!, 16)) })],
		["a few bytes", "damaged", ({ wals }) => ({ stream: incrementalStream(wals[1]!.subarray(0, 31)) })],
		["the WAL it holds already", "wal-does-not-follow", ({ wals }) => ({ stream: incrementalStream(wals[0]!) })],
		[
			"a WAL of an earlier cycle",
			"wal-does-not-follow",
			({ base }) => {
				const wal = writeWal(1024, [{ pageNumber: 2, page: page(1), commit: base.byteLength / 1024 + 30 }]);
				return { stream: incrementalStream(sealWal(wal, { salts: [1, 2], checkpointSequence: 0 })) };
			},
		],
		[
			"a WAL of a smaller database",
			"wal-does-not-follow",
			() => ({ stream: incrementalStream(otherDatabase(1024).wal) }),
		],
		["an older index", "out-of-order", ({ wals }) => ({ stream: incrementalStream(wals[1]!), options: { index: 1n } })],
	];
	test.each(cases)("%s: %s", async (_, code, what) => {
		const given = await givenStore(2, 1);
		const { stream, options } = what(given);
		const before = pathsIn(given.store);
		await expect(add(given.store, stream, { index: 20n, ...options })).rejects.toMatchObject({
			name: "StoreError",
			code,
		});
		expect(pathsIn(given.store)).toEqual(before);
		// The one that does follow is taken.
		await add(given.store, incrementalStream(given.wals[1]!), { index: 20n });
	});

	test("an incremental snapshot and nothing that it could follow", async () => {
		const store = await SnapshotStore.open(temporaryDirectory());
		const stream = incrementalStream(liveChain(1).wals[0]!);
		await expect(add(store, stream)).rejects.toMatchObject({ code: "full-needed" });
		expect(pathsIn(store)).toEqual(["generations", "scratchpad"]);
	});

	test("a WAL whose sequence has fallen", async () => {
		const { store, wals } = await givenStore(2, 0);
		await add(store, incrementalStream(sealWal(wals[0]!, { salts: [7, 7], checkpointSequence: 9 })), { index: 20n });
		const fallen = incrementalStream(sealWal(wals[1]!, { salts: [6, 8], checkpointSequence: 8 }));
		await expect(add(store, fallen, { index: 21n })).rejects.toMatchObject({ code: "wal-does-not-follow" });
		const anew = incrementalStream(sealWal(wals[1]!, { salts: [8, 8], checkpointSequence: 0 }));
		await add(store, anew, { index: 21n });
	});

	test("a WAL behind damage in the store", async () => {
		const { store, ids, base, wals } = await givenStore(2, 1);
		flipBit(join(store.generationDirectory("0000000001"), ids[1]!, "wal"), 700);
		const error = await add(store, incrementalStream(wals[1]!), { index: 20n }).catch((reason: unknown) => reason);
		expect(error).toMatchObject({ code: "damaged", path: expect.stringContaining(ids[1]!) });
		await add(store, fullStream(base, wals), { index: 20n });
	});
});

test("a Raft snapshot of another version is refused at once", async () => {
	const { store } = await givenStore(0);
	await expect(store.create(raft({ version: 0 }))).rejects.toMatchObject({ code: "unsupported-version" });
});

test.each([{ index: -1n }, { term: 2n ** 64n }, { configurationIndex: -5n }])("no uint64: %o", async (options) => {
	const { store } = await givenStore(0);
	await expect(store.create(raft(options))).rejects.toThrow(RangeError);
	await (await store.create(raft())).cancel();
});

describe("a sink", () => {
	test("that is cancelled leaves nothing, also in the middle of a write", async () => {
		const { store, base } = await givenStore(0);
		const before = pathsIn(store);
		const sink = await store.create(raft());
		const write = sink.write(fullStream(base));
		await sink.cancel();
		await write;
		expect(pathsIn(store)).toEqual(before);
		await sink.cancel();
		await expect(sink.write(base)).rejects.toMatchObject({ code: "sink-closed" });
		await expect(sink.close()).rejects.toMatchObject({ code: "sink-closed" });
		await (await store.create(raft())).cancel();
	});

	test("that is closed takes no more", async () => {
		const { store, base } = await givenStore(0);
		const sink = await store.create(raft({ index: 20n }));
		await sink.write(fullStream(base));
		await sink.close();
		await expect(sink.write(base)).rejects.toMatchObject({ code: "sink-closed" });
		await sink.cancel();
		expect((await store.list()).map(({ id }) => id)).toEqual([sink.id]);
	});

	test("takes writes that overlap in their order, byte by byte", async () => {
		const { store, base } = await givenStore(0);
		const sink = await store.create(raft({ index: 20n }));
		const stream = fullStream(base.subarray());
		const writes = Array.from({ length: 200 }, (_, at) => sink.write(stream.subarray(at, at + 1)));
		writes.push(sink.write(stream.subarray(200)));
		await Promise.all([...writes, sink.close()]);
		const file = join(temporaryDirectory(), "restored.sqlite");
		await store.restore(sink.id, file);
		expect(readFileSync(file).equals(base)).toBe(true);
	});

	test("is the only one in its process", async () => {
		const { store } = await givenStore(0);
		const sink = await store.create(raft());
		for (const second of [() => store.create(raft()), () => store.reap(), () => store.recover()]) {
			await expect(second()).rejects.toMatchObject({ code: "store-busy", path: join(store.directory, "lock") });
		}
		// What the sink has written so far is no leftover to others.
		await SnapshotStore.open(store.directory);
		expect(readdirSync(join(store.directory, "scratchpad"))).toEqual([sink.id]);
		await sink.cancel();
		await (await store.create(raft())).cancel();
	});

	test("keeps its snapshot when the reap that follows cannot be done", async () => {
		const { store, ids, wals } = await givenStore(3, 2, { reapAfter: { retain: 2 } });
		const meta = join(store.generationDirectory("0000000001"), (await store.listAll())[0]!.id, "meta.json");
		writeFileSync(meta, "");
		const sink = await store.create(raft({ index: 30n }));
		await sink.write(incrementalStream(wals[2]!));
		expect(await sink.close()).toMatchObject({ reap: { name: "StoreError", code: "damaged" } });
		expect((await store.listAll()).map(({ id }) => id)).toEqual([...ids.slice(1), sink.id]);
	});
});

function ofRqlite10(database: Uint8Array): Uint8Array {
	const dbHeader = { sizeBytes: BigInt(database.byteLength) };
	return Buffer.concat([rqlite10Head({ formatVersion: 1, payload: { case: "full", value: { dbHeader } } }), database]);
}
