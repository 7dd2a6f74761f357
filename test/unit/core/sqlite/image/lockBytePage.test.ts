import { closeSync, fstatSync, openSync, readFileSync, readSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import sqlite from "node-sqlite3-wasm";
import { expect, test } from "vitest";
import { bytesSource } from "../../../../../src/core/files";
import { openImage } from "../../../../../src/core/snapshot/openImage";
import { openFileSource } from "../../../../../src/node/fileSource";
import { SNAPSHOT } from "../../../../support/images/openBytes";
import { temporaryDirectory } from "../../../../support/stores/temporaryDirectory";

const PAGE_SIZE = 65_536;
const LOCK_BYTE = 2 ** 30;
/** Of the database before it grows: it ends just below the lock byte. */
const PAGES = LOCK_BYTE / PAGE_SIZE - 2;

function setUint32(file: string, offset: number, value: number): void {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	const descriptor = openSync(file, "r+");
	writeSync(descriptor, bytes, 0, 4, offset);
	closeSync(descriptor);
}

/** What the file takes of the disk, in bytes; where a file system has no holes, all of it. */
function allocated(file: string): number {
	const descriptor = openSync(file, "r");
	const { blocks } = fstatSync(descriptor);
	closeSync(descriptor);
	return blocks * 512;
}

function readAt(file: string, offset: number, length: number): Uint8Array {
	const descriptor = openSync(file, "r");
	const bytes = new Uint8Array(length);
	const read = readSync(descriptor, bytes, 0, length, offset);
	closeSync(descriptor);
	return bytes.subarray(0, read);
}

test("a database that grows past 1 GiB leaves out the page of the lock byte, as SQLite does", ({ skip }) => {
	const file = join(temporaryDirectory(), "db.sqlite");
	const first = new sqlite.Database(file);
	first.exec(`pragma page_size = ${PAGE_SIZE}; pragma locking_mode = exclusive; pragma journal_mode = wal`);
	first.exec("create table t(a integer primary key, b)");
	first.close();
	// Pages that no table uses, and no byte on the disk: SQLite takes them as it finds them.
	truncateSync(file, PAGES * PAGE_SIZE);
	if (allocated(file) > 100 * 2 ** 20) skip("the file system has no sparse files");
	setUint32(file, 28, PAGES);

	const database = new sqlite.Database(file);
	database.exec("pragma locking_mode = exclusive; pragma wal_autocheckpoint = 0");
	database.run("insert into t values(1, zeroblob(?)), (2, 'behind the lock byte')", [6 * PAGE_SIZE]);
	const wal = readFileSync(`${file}-wal`);
	const base = openFileSource(file, "base.sqlite");
	const { image, report } = openImage(
		{ base: { path: "base.sqlite", source: base }, wals: [{ path: "wal", source: bytesSource(wal) }], pending: 0 },
		SNAPSHOT,
	);
	const around = (offset: number, length: number) => {
		const bytes = new Uint8Array(length).fill(0xaa);
		return bytes.subarray(0, image!.readInto(bytes, offset));
	};
	const [tail, end] = [LOCK_BYTE - 4 * PAGE_SIZE, image!.sizeBytes];
	const ours = [around(0, 4 * PAGE_SIZE), around(tail, end - tail + 1000), around(LOCK_BYTE - 100, 200)];
	const lockPage = around(LOCK_BYTE, PAGE_SIZE);
	base.close();
	database.close();

	expect(report).toMatchObject({ findings: [], base: { pages: PAGES }, pageCount: end / PAGE_SIZE });
	expect(end).toBeGreaterThan(LOCK_BYTE + 2 * PAGE_SIZE);
	const theirs = [readAt(file, 0, 4 * PAGE_SIZE), readAt(file, tail, end), readAt(file, LOCK_BYTE - 100, 200)];
	expect(ours.map((bytes, part) => Buffer.compare(bytes, theirs[part]!))).toEqual([0, 0, 0]);
	expect(lockPage.every((byte) => byte === 0)).toBe(true);
});
