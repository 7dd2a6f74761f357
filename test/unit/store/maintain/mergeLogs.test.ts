import {
	closeSync,
	fstatSync,
	ftruncateSync,
	openSync,
	readdirSync,
	readFileSync,
	readSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";
import { scanWal } from "../../../../src/core/sqlite/wal/scan";
import { type Disk, nodeDisk } from "../../../../src/store/disk/disk";
import { checkpoint } from "../../../../src/store/maintain/checkpoint";
import { mergeLogs } from "../../../../src/store/maintain/mergeLogs";
import { SnapshotStore } from "../../../../src/store/snapshotStore";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import * as oracle from "../../../support/sqlite/oracle";
import { FRAME_HEADER_SIZE, HEADER_SIZE, sealWal } from "../../../support/sqlite/sealWal";
import { flipBit } from "../../../support/stores/damage";
import { picture } from "../../../support/stores/picture";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";
import { add, fullStream, incrementalStream } from "../../../support/streams/streams";
import { givenStore } from "../givenStore";

/** Lays a base and logs in a directory, whose paths it answers. */
function lay(base: Uint8Array, wals: readonly Uint8Array[]) {
	const directory = temporaryDirectory();
	const database = join(directory, "base.sqlite");
	writeFileSync(database, base);
	const paths = wals.map((wal, n) => {
		const path = join(directory, `wal-${n}`);
		writeFileSync(path, wal);
		return path;
	});
	return { directory, database, paths };
}

async function merged(base: Uint8Array, wals: readonly Uint8Array[]): Promise<Buffer> {
	const { database, paths } = lay(base, wals);
	await mergeLogs(nodeDisk, database, paths);
	expect(readFileSync(database).equals(base)).toBe(true);
	for (const [n, wal] of wals.slice(0, -1).entries()) expect(readFileSync(paths[n]!).equals(wal)).toBe(true);
	return readFileSync(paths.at(-1)!);
}

const fill = (first: number, count: number) =>
	`with recursive n(a) as (values(${first}) union all select a + 1 from n where a < ${first + count - 1}) insert into t select a, randomblob(900) from n`;

const STEPS = [
	fill(1000, 300),
	"delete from t where a < 350; vacuum",
	"update t set b = zeroblob(900) where a % 3 = 0",
	"delete from t; vacuum",
	fill(1, 500),
];

function story(pageSize: number) {
	const live = new LiveDatabase({ pageSize });
	try {
		live.run(`create table t(a integer primary key, b); ${fill(0, 400)}`);
		const base = live.file();
		const wals: Uint8Array[] = [];
		const images: Uint8Array[] = [];
		for (const statements of STEPS) {
			live.run(statements);
			wals.push(live.cutWal());
			images.push(live.file());
		}
		return { base, wals, images };
	} finally {
		live.close();
	}
}

test.each([512, 1024, 4096, 65_536])(
	"one log stands for all of them, as SQLite sees it (pages of %i)",
	async (pageSize) => {
		const { base, wals, images } = story(pageSize);
		for (let count = 2; count <= wals.length; count++) {
			const some = wals.slice(0, count);
			const image = images[count - 1]!;
			const wal = await merged(base, some);
			const { end, pageNumbers, frames, framesApplied } = readNow(scanWal(wal.byteLength, pageSize), bytesSource(wal));
			expect({ end, framesApplied }).toEqual({ end: { reason: "end-of-file" }, framesApplied: frames });
			expect([...pageNumbers]).toEqual([...new Set(pageNumbers)].sort((a, b) => a - b));
			// Of the older ones the newest go first.
			for (let left = 0; left < count; left++) {
				expect(Buffer.compare(oracle.checkpoint(base, [...some.slice(0, left), wal]), image)).toBe(0);
			}
			const { database, paths } = lay(base, [wal]);
			await checkpoint(nodeDisk, database, paths[0]!);
			expect(readFileSync(database).equals(image)).toBe(true);
			// Merged once more, as after a crash.
			expect((await merged(base, [...some.slice(0, -1), wal])).equals(wal)).toBe(true);
		}
	},
);

/** A log of one transaction: the pages, each full of its own number, and the size of the database after it. */
function logOf(pageSize: number, pageNumbers: readonly number[], pageCount: number): Uint8Array {
	const frameSize = FRAME_HEADER_SIZE + pageSize;
	const wal = new Uint8Array(HEADER_SIZE + pageNumbers.length * frameSize);
	const view = new DataView(wal.buffer);
	view.setUint32(4, 3_007_000);
	view.setUint32(8, pageSize);
	for (const [n, pageNumber] of pageNumbers.entries()) {
		const frame = HEADER_SIZE + n * frameSize;
		view.setUint32(frame, pageNumber);
		view.setUint32(frame + 4, n === pageNumbers.length - 1 ? pageCount : 0);
		wal.fill(pageNumber, frame + FRAME_HEADER_SIZE, frame + frameSize);
	}
	return sealWal(wal);
}

test("the page of the lock byte, cut off by one log and grown over by another, is zero", async () => {
	const pageSize = 65_536;
	const lockPage = 16_385; // byte 2^30 lies in it, and SQLite writes it to no log
	const wals = [logOf(pageSize, [1], 10), logOf(pageSize, [12, lockPage + 1], lockPage + 3)];
	const { database, paths } = lay(new Uint8Array(0), wals);
	const fd = openSync(database, "r+");
	try {
		ftruncateSync(fd, (lockPage + 5) * pageSize); // a hole but for what an old version left
		writeSync(fd, Buffer.alloc(pageSize, 0xaa), 0, pageSize, (lockPage - 1) * pageSize);
		await mergeLogs(nodeDisk, database, paths);
		await checkpoint(nodeDisk, database, paths[1]!);

		const page = (pageNumber: number) => {
			const bytes = Buffer.alloc(pageSize);
			readSync(fd, bytes, 0, pageSize, (pageNumber - 1) * pageSize);
			return [...new Set(bytes)];
		};
		expect(fstatSync(fd).size).toBe((lockPage + 3) * pageSize);
		expect([1, 2, 12, lockPage, lockPage + 1, lockPage + 3].map(page)).toEqual([
			[1],
			[0],
			[12],
			[0],
			[(lockPage + 1) % 256],
			[0],
		]);
	} finally {
		closeSync(fd);
	}
});

test("keeps the header of the last one, whatever the order of bytes in its sums", async () => {
	const { base, wals, images } = story(1024);
	const some = [wals[0]!, sealWal(wals[1]!, { bigEndian: true })];
	const wal = await merged(base, some);
	expect(wal.subarray(0, 32).equals(some[1]!.subarray(0, 32))).toBe(true);
	expect(Buffer.compare(oracle.checkpoint(base, [wal]), images[1]!)).toBe(0);
});

test.each([0, 2])("refuses where number %i is damaged, and leaves everything as it was", async (which) => {
	const { base, wals } = story(1024);
	const { directory, database, paths } = lay(base, wals.slice(0, 3));
	flipBit(paths[which]!, 700);
	const before = picture(directory);
	await expect(mergeLogs(nodeDisk, database, paths)).rejects.toMatchObject({ name: "StoreError", code: "damaged" });
	expect(picture(directory)).toEqual(before);
});

test("takes room when the generations that go have given up theirs", async () => {
	const { store, base, wals } = await givenStore(4);
	await add(store, fullStream(base), { index: 20n });
	for (const [n, wal] of wals.entries()) await add(store, incrementalStream(wal), { index: BigInt(21 + n) });
	const left: string[][] = [];
	const disk: Disk = {
		...nodeDisk,
		createFile(path) {
			if (basename(path).startsWith(".wal.")) left.push(readdirSync(join(store.directory, "generations")));
			return nodeDisk.createFile(path);
		},
	};
	await (await SnapshotStore.open(store.directory, { disk })).reap({ retain: 2 });
	expect(left).toEqual([["0000000002"]]);
});
