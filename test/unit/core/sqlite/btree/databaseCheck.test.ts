import { beforeAll, expect, test } from "vitest";
import { type CheckedImage, DatabaseCheck } from "../../../../../src/core/sqlite/btree/databaseCheck";
import { lockBytePage } from "../../../../../src/core/sqlite/pageSize";
import { wholeImage } from "../../../../support/images/wholeImage";
import { MemorySqlite } from "../../../../support/sqlite/memorySqlite";

let sqlite: MemorySqlite;
beforeAll(async () => {
	sqlite = await MemorySqlite.load();
});

const numbers = (count: number) =>
	`with recursive n(v) as (select 1 union all select v + 1 from n limit ${count}) select v from n`;
const TABLE = `create table t(a integer primary key, b); create index i on t(b); insert into t select v, hex(randomblob(100)) from (${numbers(2000)});`;
const SOUND = { faults: [], count: 0 };

/** The image with a note of the pages that are read. */
function watched(image: CheckedImage) {
	const pages = new Set<number>();
	const readInto = (target: Uint8Array, offset: number) => {
		for (let at = offset; at < offset + target.byteLength; at += image.pageSize) {
			pages.add(Math.floor(at / image.pageSize) + 1);
		}
		return image.readInto(target, offset);
	};
	return { image: { ...image, readInto }, pages };
}

test("of a state that follows another, interior pages and what has changed are read", () => {
	const file = sqlite.write(
		`pragma page_size = 512; ${TABLE} create table long(x); insert into long values(zeroblob(90000));`,
	);
	const check = new DatabaseCheck();
	expect(check.check(wholeImage(file))).toEqual(SOUND);
	const pages = check.space()!.objects;
	const interior = pages.reduce((sum, { interiorPages }) => sum + interiorPages, 0);
	const leaves = pages.reduce((sum, { leafPages }) => sum + leafPages, 0);

	const nothing = watched(wholeImage(file));
	expect(check.check(nothing.image, { changed: [] })).toEqual(SOUND);
	// A root that is a leaf is read always; the height of a tree is told by the way to three of its leaves.
	expect(nothing.pages.size).toBeLessThanOrEqual(interior + pages.length * 3);

	const one = watched(wholeImage(file));
	expect(check.check(one.image, { changed: [wholeImage(file).pageCount] })).toEqual(SOUND);
	expect(one.pages.size).toBeLessThanOrEqual(interior + pages.length * 3 + 2);
	expect(leaves).toBeGreaterThan(900);
});

test("after a state with faults everything is read again", () => {
	const file = sqlite.write(`pragma page_size = 512; ${TABLE}`);
	const broken = file.slice().fill(0, 40 * 512, 41 * 512);
	const check = new DatabaseCheck();
	check.check(wholeImage(file));
	expect(check.check(wholeImage(broken), { changed: [41] }).count).toBeGreaterThan(0);
	const { image, pages } = watched(wholeImage(file));
	expect(check.check(image, { changed: [] })).toEqual(SOUND);
	expect(pages.size).toBe(image.pageCount);
});

test("what each table and index takes", () => {
	const file = sqlite.write(`
		pragma page_size = 1024;
		create table long(x); insert into long values(zeroblob(3000)), (zeroblob(2000)), (1);
		create table keyed(k primary key, v) without rowid; insert into keyed select v, zeroblob(100) from (${numbers(100)});
		create index by_v on keyed(v) where k > 50;
	`);
	const check = new DatabaseCheck();
	expect(check.check(wholeImage(file))).toEqual(SOUND);
	const { objects } = check.space()!;
	expect(objects.map(({ object: { type, name, table }, entries }) => [`${type} ${name} of ${table}`, entries])).toEqual(
		[
			["table sqlite_schema of sqlite_schema", 3],
			["table long of long", 3],
			["table keyed of keyed", 100],
			["index by_v of keyed", 50],
		],
	);
});

test("a check can be cancelled, and tells how far it is", () => {
	const file = sqlite.write(`pragma page_size = 512; ${TABLE}`);
	const told: number[] = [];
	const check = new DatabaseCheck();
	const cancel = new AbortController();
	const progress = (pages: number) => {
		told.push(pages);
		if (told.length === 2) cancel.abort(new Error("enough"));
	};
	expect(() => check.check(wholeImage(file), { progress, cancel: cancel.signal })).toThrow("enough");
	expect(told).toEqual([256, 512]);
	expect(check.check(wholeImage(file), { changed: [] })).toEqual(SOUND);
});

test.each([512, 4096, 65_536])("bytes reserved at the end of pages of %i", (pageSize) => {
	const reserved = 24;
	const empty = sqlite.write(`pragma page_size = ${pageSize}; pragma user_version = 1;`);
	empty[20] = reserved;
	new DataView(empty.buffer).setUint16(105, pageSize - reserved);
	const file = sqlite.write(`${TABLE} insert into t values(5000, zeroblob(100000));`, empty);
	expect([file[20], sqlite.check(file, "quick_check")]).toEqual([reserved, ["ok"]]);
	expect(new DatabaseCheck().check(wholeImage(file))).toEqual(SOUND);
	// What they hold is nobody's business.
	for (let end = pageSize; end <= file.byteLength; end += pageSize) file.fill(0xee, end - reserved, end);
	expect(sqlite.check(file, "quick_check")).toEqual(["ok"]);
	expect(new DatabaseCheck().check(wholeImage(file))).toEqual(SOUND);
});

test("the lock-byte page has no use, and may have none", () => {
	const pageSize = 65_536;
	const head = sqlite.write(`pragma page_size = ${pageSize}; create table t(a); insert into t values(1);`);
	const lockPage = lockBytePage(pageSize);
	const pageCount = lockPage + 4;
	const header = new DataView(head.buffer);
	// Page 3 is a trunk of all pages behind it but that one.
	const free = Array.from({ length: pageCount - 3 }, (_, n) => n + 4).filter((page) => page !== lockPage);
	const trunks = Buffer.alloc(2 * pageSize);
	const most = pageSize / 4 - 8;
	const second = free.shift()!;
	[free.slice(0, most), free.slice(most)].forEach((leaves, trunk) => {
		trunks.writeUInt32BE(trunk === 0 ? second : 0, trunk * pageSize);
		trunks.writeUInt32BE(leaves.length, trunk * pageSize + 4);
		leaves.forEach((page, n) => {
			trunks.writeUInt32BE(page, trunk * pageSize + 8 + 4 * n);
		});
	});
	header.setUint32(28, pageCount);
	header.setUint32(32, 3);
	header.setUint32(36, free.length + 2);
	const there = Buffer.concat([head, trunks]);
	const image = {
		pageSize,
		pageCount,
		sizeBytes: pageCount * pageSize,
		readInto(target: Uint8Array, offset: number) {
			target.fill(0);
			target.set(there.subarray(offset, offset + target.byteLength));
			return target.byteLength;
		},
	};
	expect(new DatabaseCheck().check(image)).toEqual(SOUND);
	there.writeUInt32BE(lockPage, 2 * pageSize + 8);
	expect(new DatabaseCheck().check(image).faults.map(({ page, message }) => `${page} ${message}`)).toEqual([
		`${lockPage} is the lock-byte page, and page 3 refers to it as well`,
		"5 is not used by anything",
	]);
});
