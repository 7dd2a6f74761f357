import { readdirSync, readFileSync, readlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { nodeDisk } from "../../../src/store/disk/disk";
import { SnapshotStore } from "../../../src/store/snapshotStore";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { add, fullStream, incrementalStream, rqlite10Stream } from "../../support/streams/streams";
import { givenStore } from "./givenStore";

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of stream) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** When a stream closes, whether or not it has failed. */
function closing(stream: Readable): Promise<void> {
	return new Promise((resolve) => {
		stream.once("close", resolve);
	});
}

/** Files of a directory that this process has open. */
function openFiles(directory: string): string[] {
	return readdirSync("/proc/self/fd").flatMap((descriptor) => {
		try {
			const file = readlinkSync(`/proc/self/fd/${descriptor}`);
			return file.startsWith(directory) ? [file] : [];
		} catch {
			return []; // closed in the meantime
		}
	});
}

/** A store whose base is far larger than what a stream keeps ready. */
async function givenLargeStore() {
	const live = new LiveDatabase();
	try {
		live.run("create table t(a); insert into t values(randomblob(8000000))");
		const base = live.file();
		const store = await SnapshotStore.open(join(temporaryDirectory(), "store"));
		const ids = [await add(store, fullStream(base), { index: 10n })];
		for (const index of [11n, 12n, 13n]) {
			live.run("create table if not exists u(a); insert into u values(randomblob(2000))");
			ids.push(await add(store, incrementalStream(live.cutWal()), { index }));
		}
		return { store, ids, base };
	} finally {
		live.close();
	}
}

describe("a stream", () => {
	test("is the base and the WALs behind a header, without those that hold nothing", async () => {
		const { store, base, wals } = await givenStore(2);
		await add(store, incrementalStream(new Uint8Array(0)), { index: 20n });
		await add(store, incrementalStream(wals[0]!.subarray(0, 32)), { index: 21n });
		const { stream, sizeBytes, snapshot } = await store.openSnapshot("latest");
		const bytes = await bytesOf(stream);
		expect(bytes.equals(fullStream(base, wals))).toBe(true);
		expect(sizeBytes).toBe(bytes.byteLength);
		expect(snapshot).toMatchObject({ index: 21n, meta: { configurationIndex: 1n, servers: [{ id: "node1" }] } });
	});

	test.runIf(process.platform === "linux")("closes its files when it ends, is left early, or destroyed", async () => {
		const { store } = await givenLargeStore();
		await bytesOf((await store.openSnapshot("latest")).stream);
		expect(openFiles(store.directory)).toEqual([]);
		const { stream } = await store.openSnapshot("latest");
		expect(openFiles(store.directory)).toHaveLength(4);
		const closed = closing(stream);
		for await (const _ of stream) break;
		await closed; // once what was being read ahead has been
		expect(openFiles(store.directory)).toEqual([]);
		const other = (await store.openSnapshot("latest")).stream;
		other.destroy();
		await closing(other);
		expect(openFiles(store.directory)).toEqual([]);
	});

	test("leaves a piece to whoever took it, unless it is given back", async () => {
		const { store, base } = await givenLargeStore();
		const kept = await bytesOf((await store.openSnapshot("latest")).stream);
		expect(kept.indexOf(base)).toBeGreaterThan(0);

		const copies: Uint8Array[] = [];
		const memories = new Set<ArrayBufferLike>();
		const { stream } = await store.openSnapshot("latest");
		for await (const piece of stream) {
			copies.push(Uint8Array.from(piece));
			memories.add(piece.buffer);
			stream.giveBack(piece);
		}
		expect(Buffer.concat(copies).equals(kept)).toBe(true);
		expect(memories.size).toBeLessThan(copies.length);
	});

	test("reads no further ahead than it is taken from", async () => {
		const { store, base } = await givenLargeStore();
		const { stream } = await store.openSnapshot("latest");
		stream.read(0);
		await setImmediate();
		expect(stream.readableLength).toBeLessThan(base.byteLength / 4);
		stream.destroy();
	});

	test("is not disturbed by snapshots that come meanwhile", async () => {
		const { store, base } = await givenLargeStore();
		const { stream, sizeBytes } = await store.openSnapshot("latest");
		stream.read(0);
		await add(store, incrementalStream(new Uint8Array(0)), { index: 20n });
		await add(store, fullStream(base), { index: 21n });
		expect((await bytesOf(stream)).byteLength).toBe(sizeBytes);
	});

	test("fails when a reap changes the base under it", async () => {
		const { store } = await givenLargeStore();
		const { stream } = await store.openSnapshot("latest");
		stream.read(0);
		await store.reap();
		await expect(bytesOf(stream)).rejects.toMatchObject({
			code: "changed-while-reading",
			path: join(store.directory, "generations/0000000001/base.sqlite"),
		});
	});

	test("fails when a file is cut or replaced under it", async () => {
		for (const change of [(file: string) => truncateSync(file, 5000), (file: string) => writeFileSync(file, "x")]) {
			const { store } = await givenLargeStore();
			const { stream } = await store.openSnapshot("latest");
			stream.read(0);
			change(join(store.directory, "generations/0000000001/base.sqlite"));
			await expect(bytesOf(stream)).rejects.toMatchObject({ code: "changed-while-reading" });
		}
	});
});

describe("restoring", () => {
	test("fails when a reap changes the chain meanwhile, and leaves the target", async () => {
		const { store } = await givenLargeStore();
		const createFile = async (path: string) => {
			await store.reap();
			return nodeDisk.createFile(path);
		};
		const disturbed = await SnapshotStore.open(store.directory, { disk: { ...nodeDisk, createFile } });
		const target = join(temporaryDirectory(), "db.sqlite");
		writeFileSync(target, "before");
		await expect(disturbed.restore("latest", target)).rejects.toMatchObject({ code: "changed-while-reading" });
		expect(readFileSync(target, "utf8")).toBe("before");
	});

	test("can be cancelled, and tells how far it is", async () => {
		const { store, base } = await givenLargeStore();
		const directory = temporaryDirectory();
		const cancel = new AbortController();
		const seen: number[] = [];
		const progress = (writtenBytes: number, totalBytes: number) => {
			seen.push(writtenBytes);
			expect(totalBytes).toBeGreaterThanOrEqual(base.byteLength);
			if (seen.length === 2) cancel.abort(new Error("enough"));
		};
		const restored = store.restore("latest", join(directory, "db.sqlite"), { progress, cancel: cancel.signal });
		await expect(restored).rejects.toThrow("enough");
		expect(seen).toEqual([1 << 20, 2 << 20]);
		expect(readdirSync(directory)).toEqual([]);
	});

	test("an incremental stream is refused", async () => {
		const { store, wals } = await givenStore(1);
		const directory = temporaryDirectory();
		async function* stream() {
			yield incrementalStream(wals[0]!);
		}
		await expect(store.restore(stream(), join(directory, "db.sqlite"))).rejects.toMatchObject({ code: "full-needed" });
		expect(readdirSync(directory)).toEqual([]);
	});

	test("a full stream of rqlite 10 whose checksums are right", async () => {
		const { store, base } = await givenStore(0);
		const target = join(temporaryDirectory(), "db.sqlite");
		async function* stream(crc32?: number) {
			yield rqlite10Stream(base, [], () => (crc32 === undefined ? {} : { crc32 }));
		}
		await store.restore(stream(), target);
		expect(Buffer.compare(readFileSync(target), base)).toBe(0);
		await expect(store.restore(stream(7), `${target}2`)).rejects.toMatchObject({ code: "damaged" });
		expect(readdirSync(dirname(target))).toEqual(["db.sqlite"]);
	});

	test("a snapshot that is not there", async () => {
		const { store } = await givenStore(1);
		await expect(store.openSnapshot("1-2-3")).rejects.toMatchObject({ code: "snapshot-not-found" });
		await expect(store.restore("1-2-3", join(temporaryDirectory(), "x"))).rejects.toMatchObject({
			code: "snapshot-not-found",
		});
	});
});
