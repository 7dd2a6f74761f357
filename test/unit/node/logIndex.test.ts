import { appendFileSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readStore } from "../../../src/core/snapshot/catalog";
import { chainOf } from "../../../src/core/snapshot/chain";
import { openImage } from "../../../src/core/snapshot/openImage";
import { frameOffset } from "../../../src/core/sqlite/wal/header";
import { LogIndex } from "../../../src/node/logIndex";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { openChain } from "../../../src/node/openChain";
import { imageBytes } from "../../support/images/openBytes";
import { flipBit } from "../../support/stores/damage";
import { picture } from "../../support/stores/picture";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

/** A store whose one log is large enough to be kept. Files that have just been written count as resting. */
async function story() {
	const directory = temporaryDirectory();
	const [, snapshot] = buildStore(directory, (store) => {
		store.database.run("create table t(id integer primary key, a)");
		store.full();
		store.database.run(
			"with recursive n(i) as (values (1) union all select i + 1 from n where i < 400) insert into t select i, randomblob(4000) from n",
		);
		store.incremental();
	});
	const index = join(temporaryDirectory(), "logs");
	/** What opening the snapshot comes to, and how many bytes of its log were read for it. */
	const open = async (known: LogIndex | undefined = new LogIndex(index, 0)) => {
		const store = await readStore(nodeFiles(directory));
		const files = await openChain(directory, chainOf(store, store.newest!));
		onTestFinished(() => files.close());
		let read = 0;
		const wals = files.wals.map((wal) => {
			const source = {
				...wal.source,
				readInto(target: Uint8Array, offset: number) {
					read += target.byteLength;
					return wal.source.readInto(target, offset);
				},
			};
			return { ...wal, source };
		});
		const { image, report } = openImage({ ...files, wals }, snapshot!.id, { known });
		const readBytes = read;
		return { readBytes, report, image: image && Buffer.from(imageBytes(image)) };
	};
	const wal = join(directory, snapshot!.file);
	return { directory, index, open, wal, snapshot: snapshot!, sizeBytes: statSync(wal).size };
}

const entryOf = (index: string) => join(index, readdirSync(index)[0]!);

test("a log that has not changed is not read a second time, and comes to the same", async () => {
	const { directory, open, snapshot, sizeBytes } = await story();
	const before = picture(directory);
	const first = await open();
	const second = await open();

	expect(first.readBytes).toBeGreaterThanOrEqual(sizeBytes);
	expect(second.readBytes).toBeLessThan(100);
	expect(second.report).toEqual(first.report);
	expect(first.image?.equals(snapshot.image)).toBe(true);
	expect(second.image?.equals(snapshot.image)).toBe(true);
	expect(picture(directory)).toEqual(before);
});

test("a log is read again when a byte of it was changed and its time of modification put back", async () => {
	const { open, wal, sizeBytes } = await story();
	utimesSync(wal, 1000, 1000);
	await open();
	flipBit(wal, frameOffset(3, 4096) + 1000);
	utimesSync(wal, 1000, 1000);
	const { readBytes, report } = await open();

	expect(readBytes).toBeGreaterThanOrEqual(sizeBytes);
	expect(report.findings.map(({ code }) => code)).toEqual(["wal-checksum-mismatch"]);
});

test("a log is read again when it has grown, and nothing is kept of one that is damaged", async () => {
	const { open, wal, index } = await story();
	appendFileSync(wal, "?");
	const { report } = await open();

	expect(report.findings.map(({ code }) => code)).toEqual(["wal-torn-frame"]);
	expect(() => readdirSync(index)).toThrow("ENOENT");
});

test("nothing is kept of a log that has changed just now", async () => {
	const { open, index } = await story();
	await open(new LogIndex(index));
	expect(() => readdirSync(index)).toThrow("ENOENT");
});

test("an entry that is not as it was kept is as good as none", async () => {
	const { open, index, snapshot } = await story();
	await open();
	const entry = entryOf(index);
	const kept = readFileSync(entry);
	for (let at = 0; at < kept.length; at += 1 + Math.floor(kept.length / 50)) {
		writeFileSync(entry, Buffer.from(kept).fill(kept[at]! ^ 16, at, at + 1));
		expect((await open(new LogIndex(index))).readBytes).toBeGreaterThan(100);
	}
	for (const other of ["", "no entry", kept.subarray(8), kept.subarray(0, -8), Buffer.alloc(64)]) {
		writeFileSync(entry, other);
		const { readBytes, image } = await open(new LogIndex(index));
		expect(readBytes).toBeGreaterThan(100);
		expect(image?.equals(snapshot.image)).toBe(true);
	}
});

test("an entry of another log by the same name is not taken for this one's", async () => {
	const [one, other] = [await story(), await story()];
	await one.open();
	await other.open();
	writeFileSync(entryOf(one.index), readFileSync(entryOf(other.index)));
	expect((await one.open(new LogIndex(one.index))).readBytes).toBeGreaterThan(100);
});

test("a directory that cannot be written is no error", async () => {
	const { open, wal, snapshot } = await story();
	const { image } = await open(new LogIndex(join(wal, "logs"), 0));
	expect(image?.equals(snapshot.image)).toBe(true);
});

test("what was kept first goes when there is too much", async () => {
	const { open, index } = await story();
	await open();
	const entry = entryOf(index);
	for (let n = 0; n < 300; n++) {
		writeFileSync(join(index, `old${n}`), "");
		utimesSync(join(index, `old${n}`), n, n);
	}
	const { atime, mtime } = statSync(entry);
	writeFileSync(entry, "");
	utimesSync(entry, atime, mtime);
	await open();

	const left = readdirSync(index);
	expect(left).toHaveLength(256);
	expect(left).not.toContain("old0");
	expect(statSync(entry).size).toBeGreaterThan(0);
});
