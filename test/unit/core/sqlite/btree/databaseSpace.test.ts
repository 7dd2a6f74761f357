import { beforeAll, describe, expect, test } from "vitest";
import { DatabaseCheck } from "../../../../../src/core/sqlite/btree/databaseCheck";
import type { DatabaseSpace } from "../../../../../src/core/sqlite/btree/databaseSpace";
import { wholeImage } from "../../../../support/images/wholeImage";
import { MemorySqlite } from "../../../../support/sqlite/memorySqlite";
import { queryAll } from "../../../../support/sqlite/oracle";

let sqlite: MemorySqlite;
beforeAll(async () => {
	sqlite = await MemorySqlite.load();
});

const numbers = (count: number) =>
	`with recursive n(v) as (select 1 union all select v + 1 from n limit ${count}) select v from n`;

const SHOP = `
	create table long(x); insert into long select zeroblob(v * 700) from (${numbers(40)});
	create table keyed(k primary key, v) without rowid; insert into keyed select hex(randomblob(v % 50)) || v, zeroblob(v) from (${numbers(900)});
	create index by_v on keyed(v) where k > '5';
	create table t(a integer primary key, b unique, c);
	insert into t select v, 'text ' || v, hex(randomblob(v % 300)) from (${numbers(3000)});
	create index wide on t(c, b);
	delete from t where a % 3 = 1;
	create table gone(a); insert into gone select zeroblob(500) from (${numbers(300)}); drop table gone;
	create table single(a, b unique); insert into single values(1, 2);
`;

function spaceOf(file: Uint8Array): DatabaseSpace {
	const check = new DatabaseCheck();
	check.check(wholeImage(file));
	return check.space()!;
}

function pagesOf({ objects, freePages, pointerMapPages, lockBytePages, lostPages }: DatabaseSpace): number {
	const inTrees = objects.map((each) => each.interiorPages + each.leafPages + each.overflowPages);
	return [...inTrees, freePages, pointerMapPages, lockBytePages, lostPages].reduce((sum, pages) => sum + pages, 0);
}

describe.each([
	["pages of 512 bytes", "pragma page_size = 512;"],
	["pages of 4096 bytes and auto-vacuum", "pragma page_size = 4096; pragma auto_vacuum = incremental;"],
	["pages of 65536 bytes", "pragma page_size = 65536;"],
])("%s", (_, pragmas) => {
	test("every table and index takes what SQLite's dbstat says", () => {
		const file = sqlite.write(pragmas + SHOP);
		const space = spaceOf(file);
		const told = space.objects.map((each) => [
			each.object.name,
			...[each.interiorPages, each.leafPages, each.overflowPages, each.payloadBytes, each.freeBytes].map(BigInt),
		]);
		expect(told).toEqual(
			queryAll(
				file,
				`select o.name, sum(pagetype = 'internal'), sum(pagetype = 'leaf'), sum(pagetype = 'overflow'), sum(payload), sum(unused)
				from (select 0 as at, 'sqlite_schema' as name union all select rowid, name from sqlite_schema) as o
				join dbstat as s on s.name = o.name group by o.at order by o.at`,
			),
		);
	});

	test("rows and entries are those that SQLite counts, and all pages are accounted for", () => {
		const file = sqlite.write(pragmas + SHOP);
		const space = spaceOf(file);
		const count = (name: string) => space.objects.find(({ object }) => object.name === name)?.entries;
		const [counted] = queryAll(
			file,
			"select (select count(*) from long), (select count(*) from keyed), (select count(*) from keyed where k > '5'), (select count(*) from t)",
		);
		expect(["long", "keyed", "by_v", "t"].map((name) => BigInt(count(name)!))).toEqual(counted);
		expect(count("wide")).toBe(count("t"));
		expect(space.objects.some(({ damaged }) => damaged)).toBe(false);
		expect([space.lostPages, space.lockBytePages]).toEqual([0, 0]);
		expect(BigInt(space.freePages)).toEqual(queryAll(file, "select freelist_count from pragma_freelist_count")[0]?.[0]);
		expect(space.pointerMapPages > 0).toBe(pragmas.includes("auto_vacuum"));
		expect(pagesOf(space)).toBe(space.pageCount);
	});
});

test("a damaged tree is said, and the others are measured as they are", () => {
	const file = sqlite.write(`pragma page_size = 512; ${SHOP}`);
	const sound = spaceOf(file);
	for (let page = 2; page <= sound.pageCount; page += 211) {
		const broken = file.slice().fill(0, (page - 1) * 512, page * 512);
		const space = spaceOf(broken);
		expect(pagesOf(space)).toBe(sound.pageCount);
		for (const [n, object] of space.objects.entries()) {
			// Where a whole branch is gone its overflow pages have lost their owner, and SQLite's freelist may be what is broken.
			if (!object.damaged) expect(object).toEqual({ ...sound.objects[n], damaged: false });
		}
	}
});
