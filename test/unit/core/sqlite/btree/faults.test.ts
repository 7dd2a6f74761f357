import { beforeAll, describe, expect, test } from "vitest";
import { DatabaseCheck } from "../../../../../src/core/sqlite/btree/databaseCheck";
import { wholeImage } from "../../../../support/images/wholeImage";
import { MemorySqlite } from "../../../../support/sqlite/memorySqlite";

// Given a sound database with one edit, when it is checked, then exactly that is said of exactly that page.

const PAGE_SIZE = 512;

let sqlite: MemorySqlite;
beforeAll(async () => {
	sqlite = await MemorySqlite.load();
});

const numbers = (count: number) =>
	`with recursive n(v) as (select 1 union all select v + 1 from n limit ${count}) select v from n`;
const TABLE = `create table t(a integer primary key, b); create index i on t(b); insert into t select v, 'text ' || v from (${numbers(100)});`;
const LONG = "create table long(a); insert into long values(zeroblob(1500));";
const FREE = `create table gone(a); insert into gone select zeroblob(400) from (${numbers(5)}); drop table gone;`;

/** A database file that can be read and edited page by page. */
class Edited {
	readonly bytes: Buffer;

	constructor(script: string, pragmas = "") {
		this.bytes = Buffer.from(sqlite.write(`pragma page_size = ${PAGE_SIZE}; ${pragmas} ${script}`));
	}

	get pageCount(): number {
		return this.bytes.byteLength / PAGE_SIZE;
	}

	/** Root of a table or index. */
	root(name: string): number {
		return Number(sqlite.rows(this.bytes, `select rootpage from sqlite_schema where name = '${name}'`)[0]?.[0]);
	}

	at(page: number, offset: number): number {
		return (page - 1) * PAGE_SIZE + offset;
	}

	byte(page: number, offset: number): number {
		return this.bytes.readUInt8(this.at(page, offset));
	}

	uint16(page: number, offset: number): number {
		return this.bytes.readUInt16BE(this.at(page, offset));
	}

	uint32(page: number, offset: number): number {
		return this.bytes.readUInt32BE(this.at(page, offset));
	}

	setByte(page: number, offset: number, value: number): void {
		this.bytes.writeUInt8(value, this.at(page, offset));
	}

	/** `place`: in the file. */
	flip(place: number, bits: number): void {
		this.bytes[place]! ^= bits;
	}

	setUint16(page: number, offset: number, value: number): void {
		this.bytes.writeUInt16BE(value, this.at(page, offset));
	}

	setUint32(page: number, offset: number, value: number): void {
		this.bytes.writeUInt32BE(value, this.at(page, offset));
	}

	/** Where a cell starts. `header`: 8 on a leaf, 12 on an interior page. */
	cell(page: number, cell: number, header = 8): number {
		return this.uint16(page, header + 2 * cell);
	}

	/** A child of an interior page. */
	child(page: number, cell: number): number {
		return this.uint32(page, this.cell(page, cell, 12));
	}

	/** Page, name of its object, and message of each fault. */
	faults(): string[] {
		const { faults, count } = new DatabaseCheck().check(wholeImage(this.bytes, PAGE_SIZE));
		expect(count).toBe(faults.length);
		return faults.map(
			({ page, object, message }) => `${page} ${object ? `(${object.type} ${object.name})` : "-"} ${message}`,
		);
	}
}

describe("the database's header", () => {
	const said = (edit: (file: Edited) => void) => {
		const file = new Edited(TABLE);
		edit(file);
		return file.faults();
	};

	test("bytes that have one value", () => {
		expect(said((file) => file.setByte(1, 21, 63))).toEqual([
			"1 - has a damaged database header: bytes 21 to 23 are not 64, 32 and 32",
		]);
		expect(said((file) => file.setByte(1, 0, 0))).toEqual([
			'1 - has a damaged database header: it does not begin with "SQLite format 3"',
		]);
		// SQLite looks at the last byte alone.
		expect(said((file) => file.setUint32(1, 44, 0x97000004))).toEqual([]);
		expect(said((file) => file.setUint32(1, 44, 5))).toEqual([
			"1 - says in the database's header that its schema has the format 5, none that SQLite knows",
		]);
	});

	test("another page size, and more pages than there are", () => {
		expect(said((file) => file.setUint16(1, 16, 1024))).toEqual([
			"1 - says in the database's header that pages have 1024 bytes, not 512",
		]);
		const file = new Edited(TABLE);
		file.setUint32(1, 28, file.pageCount + 1);
		expect(file.faults()).toEqual([
			`1 - says in the database's header that there are ${file.pageCount + 1} pages where there are ${file.pageCount}`,
		]);
	});

	test("fewer pages than the file has are the database", () => {
		const file = new Edited(TABLE);
		const longer = Buffer.concat([file.bytes, Buffer.alloc(3 * PAGE_SIZE, 7)]);
		expect(new DatabaseCheck().check(wholeImage(longer)).count).toBe(0);
	});

	test("a count of pages that an old version did not keep", () => {
		expect(
			said((file) => {
				file.setUint32(1, 28, 3);
				file.setUint32(1, 92, 0);
			}),
		).toEqual([]);
	});

	test("vacuum", () => {
		expect(said((file) => file.setUint32(1, 64, 1))).toEqual([
			"1 - asks for incremental vacuum in a database without a pointer map",
		]);
	});
});

describe("a page of a b-tree", () => {
	/** Edits the first leaf of the table. */
	function saidOfLeaf(edit: (file: Edited, leaf: number) => void): string[] {
		const file = new Edited(TABLE);
		const leaf = file.child(file.root("t"), 0);
		edit(file, leaf);
		return file.faults().map((fault) => fault.replace(`${leaf} (table t)`, "the leaf"));
	}

	test("of no type", () => {
		expect(saidOfLeaf((file, leaf) => file.setByte(leaf, 0, 0))).toEqual([
			"the leaf is no b-tree page: it starts with 0",
		]);
	});

	test("of an index, in a table", () => {
		expect(
			saidOfLeaf((file, leaf) =>
				file.bytes.copy(
					file.bytes,
					file.at(leaf, 0),
					file.at(file.child(file.root("i"), 0), 0),
					file.at(file.child(file.root("i"), 0), PAGE_SIZE),
				),
			),
		).toEqual(["the leaf is a page of an index in the tree of another kind"]);
	});

	test("with more cells than fit", () => {
		expect(saidOfLeaf((file, leaf) => file.setUint16(leaf, 3, 85))).toEqual([
			"the leaf says it has 85 cells, more than fit a page",
		]);
	});

	test("with a cell outside of the cells' area", () => {
		expect(saidOfLeaf((file, leaf) => file.setUint16(leaf, 8 + 2 * 4, 3))).toEqual([
			"the leaf has cell 4 at byte 3, outside of its cell content area",
		]);
		expect(saidOfLeaf((file, leaf) => file.setUint16(leaf, 8, 509))).toEqual([
			"the leaf has cell 0 at byte 509, outside of its cell content area",
		]);
	});

	test("with a cell that is too long", () => {
		expect(saidOfLeaf((file, leaf) => file.setByte(leaf, file.cell(leaf, 0), 100))).toEqual([
			"the leaf has a cell 0 that reaches beyond its end",
		]);
	});

	test("with a record that is not as long as its header says", () => {
		expect(saidOfLeaf((file, leaf) => file.setByte(leaf, file.cell(leaf, 2) + 2 + 2, 27))).toEqual([
			"the leaf has a record in cell 2 that holds 9 bytes where its header asks for 10",
		]);
		expect(saidOfLeaf((file, leaf) => file.setByte(leaf, file.cell(leaf, 2) + 2, 1))).toEqual([
			"the leaf has a record in cell 2 that has a header without a value",
		]);
		expect(saidOfLeaf((file, leaf) => file.setByte(leaf, file.cell(leaf, 2) + 2, 90))).toEqual([
			"the leaf has a record in cell 2 that has a header longer than itself",
		]);
	});

	test("is no reason to say anything of the next page", () => {
		// The second leaf has two unused bytes where a cell of the first one starts.
		const rows = `insert into t select v, printf('%.*c', case v when 1 then 22 else 20 end, 'x') from (${numbers(40)});`;
		const file = new Edited(
			`create table t(a integer primary key, b); ${rows} update t set b = substr(b, 3) where a = 25;`,
		);
		const leaf = file.child(file.root("t"), 0);
		expect(file.byte(file.child(file.root("t"), 1), 7)).toBe(2);
		file.setByte(leaf, file.cell(leaf, 2) + 2, 1);
		expect(file.faults()).toEqual([`${leaf} (table t) has a record in cell 2 that has a header without a value`]);
	});

	test("with rowids out of order", () => {
		expect(saidOfLeaf((file, leaf) => file.setByte(leaf, file.cell(leaf, 2) + 1, 2))).toEqual([
			"the leaf has rowids out of order at cell 2",
		]);
	});

	test("with a cell twice", () => {
		expect(saidOfLeaf((file, leaf) => file.setUint16(leaf, 10, file.cell(leaf, 0)))).toEqual([
			"the leaf has rowids out of order at cell 1",
		]);
		const file = new Edited(TABLE);
		const leaf = file.child(file.root("i"), 0);
		file.setUint16(leaf, 10, file.cell(leaf, 0));
		expect(file.faults()).toEqual([`${leaf} (index i) uses a byte for two things`]);
	});

	test("with more fragments than it counts", () => {
		expect(saidOfLeaf((file, leaf) => file.setByte(leaf, 7, 2))).toEqual([
			"the leaf has 0 unused bytes between its cells where its header counts 2",
		]);
	});

	test("with free blocks that are none", () => {
		const block = (offset: number, next: number, size: number) => (file: Edited, leaf: number) => {
			file.setUint16(leaf, 1, offset);
			if (offset > 508) return;
			file.setUint16(leaf, offset, next);
			file.setUint16(leaf, offset + 2, size);
		};
		expect(saidOfLeaf(block(509, 0, 0))).toEqual(["the leaf has a free block that starts behind its end"]);
		expect(saidOfLeaf(block(40, 0, 8))).toEqual(["the leaf has a free block outside of its cell content area"]);
		expect(saidOfLeaf(block(400, 400, 8))).toContain("the leaf has free blocks out of order");
		expect(saidOfLeaf(block(400, 0, 3))).toContain("the leaf has a free block of 3 bytes, less than one can have");
		expect(saidOfLeaf(block(500, 0, 40))).toContain("the leaf has a free block that reaches beyond its end");
		expect(saidOfLeaf((file, leaf) => file.setUint16(leaf, 5, 600))).toEqual([
			"the leaf has more or less free space than can be",
		]);
	});
});

describe("a tree", () => {
	test("with a child that is not there", () => {
		const file = new Edited(TABLE);
		const root = file.root("t");
		const child = file.child(root, 1);
		file.setUint32(root, file.cell(root, 1, 12), 9999);
		expect(file.faults()).toEqual([
			`${root} (table t) refers to page 9999, which the database does not have`,
			`${child} - is not used by anything`,
		]);
	});

	test("with a child that it has twice", () => {
		const file = new Edited(TABLE);
		const root = file.root("t");
		const [first, second] = [file.child(root, 0), file.child(root, 1)];
		file.setUint32(root, file.cell(root, 1, 12), first);
		expect(file.faults()).toEqual([
			`${first} (table t) is a leaf of a table, and page ${root} refers to it as well`,
			`${second} - is not used by anything`,
		]);
	});

	test("with a child that is the root itself", () => {
		const file = new Edited(TABLE);
		const root = file.root("t");
		const child = file.child(root, 1);
		file.setUint32(root, file.cell(root, 1, 12), root);
		expect(file.faults()).toEqual([
			`${root} (table t) is an interior page of a b-tree, and page ${root} refers to it as well`,
			`${child} - is not used by anything`,
		]);
	});

	test("with leaves at two depths", () => {
		const file = new Edited(`${TABLE} insert into t select v + 100, 'text' from (${numbers(9000)});`);
		const root = file.root("t");
		const inner = file.child(root, 1);
		const leaf = file.child(inner, 0);
		file.setUint32(root, file.cell(root, 1, 12), leaf);
		expect(file.faults()).toContain(`${leaf} (table t) is a leaf at another depth than the tree's leaves have`);
	});

	test("with a rowid that its parent's bounds do not allow", () => {
		const file = new Edited(TABLE);
		const root = file.root("t");
		const leaf = file.child(root, 1);
		const key = file.cell(root, 0, 12) + 4;
		const rowid = file.byte(root, key);
		file.setByte(root, key, rowid - 1);
		expect(file.faults()).toEqual([
			`${file.child(root, 0)} (table t) has rowid ${rowid}, above those that its parent page gives it`,
		]);
		file.setByte(root, key, rowid + 1);
		expect(file.faults()).toEqual([
			`${leaf} (table t) has rowid ${rowid + 1}, below those that its parent page gives it`,
		]);
	});

	test("with rowids out of order on an interior page", () => {
		const file = new Edited(TABLE);
		const root = file.root("t");
		file.setByte(root, file.cell(root, 1, 12) + 4, 1);
		expect(file.faults()[0]).toBe(`${root} (table t) has rowid 1 in cell 1, out of order`);
	});

	test("with an empty leaf", () => {
		const file = new Edited(TABLE);
		const leaf = file.child(file.root("t"), 0);
		file.setUint16(leaf, 3, 0);
		file.setUint16(leaf, 5, PAGE_SIZE);
		expect(file.faults()).toEqual([`${leaf} (table t) has no cells`]);
	});

	test("that lacks an entry", () => {
		const file = new Edited("create table t(a); create index i on t(a); insert into t values(1), (2), (3);");
		const root = file.root("t");
		file.setUint16(root, 5, file.cell(root, 1));
		file.setUint16(root, 3, 2);
		expect(file.faults()).toEqual([`${file.root("i")} (index i) is the root of 3 entries where table t has 2 rows`]);
	});
});

describe("an overflow chain", () => {
	/** The cell of the table's only row ends with the number of the first page. */
	const first = (file: Edited) => {
		const root = file.root("long");
		const cell = file.cell(root, 0);
		return { root, pointer: PAGE_SIZE - 4, first: file.uint32(root, PAGE_SIZE - 4), cell };
	};

	test("that is too short", () => {
		const file = new Edited(LONG);
		const chain = first(file);
		const second = file.uint32(chain.first, 0);
		file.setUint32(chain.first, 0, 0);
		expect(file.faults()).toEqual([
			`${chain.root} (table long) has an overflow chain that ends after 1 of 3 pages`,
			`${second} - is not used by anything`,
			`${second + 1} - is not used by anything`,
		]);
	});

	test("that goes on, in a circle or anywhere", () => {
		const file = new Edited(LONG);
		const chain = first(file);
		file.setUint32(chain.first + 2, 0, chain.first);
		expect(file.faults()).toEqual([
			`${chain.root} (table long) has an overflow chain of 3 pages that goes on to page ${chain.first}`,
		]);
		file.setUint32(chain.first + 1, 0, chain.first);
		expect(file.faults()).toEqual([
			`${chain.first} (table long) is an overflow page, and page ${chain.root} refers to it as well`,
			`${chain.first + 2} - is not used by anything`,
		]);
	});

	test("that starts nowhere", () => {
		const file = new Edited(LONG);
		const { root, pointer } = first(file);
		file.setUint32(root, pointer, 0);
		expect(file.faults()[0]).toBe(`${root} (table long) refers to page 0, which the database does not have`);
	});

	test("with the rest of a record's header", () => {
		const columns = Array.from({ length: 300 }, (_, n) => `c${n}`);
		const file = new Edited(
			`create table long(${columns}); insert into long(c0, c299) values(zeroblob(1500), zeroblob(300));`,
		);
		const { root, first: page } = first(file);
		expect(file.faults()).toEqual([]);
		file.setByte(page, 100, 1);
		expect(file.faults()).toEqual([
			`${root} (table long) has a record on overflow pages that holds 2104 bytes where its header asks for 2105`,
		]);
	});
});

describe("the freelist", () => {
	test("of another length than the header says", () => {
		const file = new Edited(FREE);
		const count = file.uint32(1, 36);
		file.setUint32(1, 36, count + 1);
		expect(file.faults()).toEqual([
			`1 - counts ${count + 1} free pages in the database's header where the freelist has ${count}`,
		]);
	});

	test("with a page twice, a page that is not there, and too many pages", () => {
		const file = new Edited(FREE);
		const trunk = file.uint32(1, 32);
		const [one, other] = [file.uint32(trunk, 8), file.uint32(trunk, 12)];
		file.setUint32(trunk, 8, other);
		expect(file.faults()).toEqual([
			`${other} - is a free page, and page ${trunk} refers to it as well`,
			`${one} - is not used by anything`,
		]);
		file.setUint32(trunk, 8, 0);
		expect(file.faults()[0]).toBe(`${trunk} - refers to page 0, which the database does not have`);
		file.setUint32(trunk, 4, 127);
		expect(file.faults()[0]).toBe(`${trunk} - says that it lists 127 free pages, more than fit a page`);
	});

	test("in a circle", () => {
		const file = new Edited(FREE);
		const trunk = file.uint32(1, 32);
		file.setUint32(trunk, 0, trunk);
		expect(file.faults()).toEqual([`${trunk} - is a page of the freelist, and page ${trunk} refers to it as well`]);
	});

	test("with a page that a table has", () => {
		const file = new Edited(TABLE + FREE);
		const trunk = file.uint32(1, 32);
		const root = file.root("t");
		file.setUint32(trunk, 8, root);
		expect(file.faults()[0]).toBe(`${root} - is a free page, and the schema names it as the root of table t`);
	});
});

describe("the pointer map", () => {
	test("with other entries", () => {
		const file = new Edited(`${TABLE}${LONG}${FREE}`, "pragma auto_vacuum = incremental;");
		expect(file.faults()).toEqual([]);
		const leaf = file.child(file.root("t"), 0);
		const chain = file.uint32(file.root("long"), PAGE_SIZE - 4);
		for (const page of [leaf, file.root("t"), chain, file.uint32(chain, 0), file.uint32(1, 32)]) {
			const entry = 5 * (page - 3);
			const was = file.byte(2, entry);
			const other = (was % 5) + 1;
			file.setByte(2, entry, other);
			const said = file.faults();
			expect(said).toHaveLength(1);
			expect(said[0]).toMatch(
				new RegExp(`^${page} .*; the pointer map has other of it \\(type ${other}, page \\d+\\)$`),
			);
			file.setByte(2, entry, was);
		}
	});

	test("and the largest root", () => {
		const file = new Edited(TABLE, "pragma auto_vacuum = full;");
		const largest = file.uint32(1, 52);
		file.setUint32(1, 52, largest - 1);
		expect(file.faults()).toEqual([
			`1 - has ${largest - 1} as the largest root page in the database's header where the schema has ${largest}`,
		]);
	});
});

describe("the schema", () => {
	/** Where in page 1 the root page of the second row is written: its text follows. */
	const rootPlace = (file: Edited, text: string) => file.bytes.indexOf(text) - 1;

	test("with a root that is not there, and one that two have", () => {
		const file = new Edited(TABLE);
		const place = rootPlace(file, "CREATE INDEX");
		file.setByte(1, place, 120);
		expect(file.faults()[0]).toBe(
			"1 (table sqlite_schema) has page 120 as the root of index i in the schema, which the database does not have",
		);
		file.setByte(1, place, 2);
		expect(file.faults()[0]).toBe(
			"2 (table t) is an interior page of a b-tree, and the schema names it as the root of index i",
		);
	});

	test("with the roots of a table and an index in each other's place", () => {
		const file = new Edited("create table t(a); create index i on t(a); insert into t values(1), (2);");
		const [table, index] = [file.root("t"), file.root("i")];
		file.setByte(1, rootPlace(file, "CREATE INDEX"), table);
		file.setByte(1, rootPlace(file, "CREATE TABLE"), index);
		expect(file.faults()).toEqual([
			`${index} (table t) is a page of an index`,
			`${table} (index i) is a page of a table`,
		]);
	});

	const TABLES = `create table t(a unique, b); create index i on t(b) where b > 1; insert into t values(1, 1), (2, 2);
		create table u(x); insert into u values(1);`;

	test.each<[string, (file: Edited) => void]>([
		// Where the row's header says how long the text "table" is.
		["with a blob for the type of a table", (file) => file.flip(file.bytes.indexOf("tableuu") - 5, 1)],
		["with another table for a constraint's index", (file) => file.flip(file.bytes.indexOf("index_t_1t") + 9, 1)],
	])("%s, as SQLite reads it", (_how, edit) => {
		const file = new Edited(TABLES);
		edit(file);
		expect(sqlite.check(file.bytes, "integrity_check")).toEqual(["ok"]);
		expect(file.faults()).toEqual([]);
	});

	test("with a text that ends early, so that a partial index is to be a whole one", () => {
		const file = new Edited(TABLES);
		file.flip(file.bytes.indexOf(" where"), 0x20);
		expect(sqlite.check(file.bytes, "quick_check")).toEqual(["wrong # of entries in index i"]);
		const root = file.root("i");
		expect(file.faults()).toEqual([`${root} (index i) is the root of 1 entries where table t has 2 rows`]);
	});

	test("that cannot be read", () => {
		const file = new Edited(TABLE);
		file.setByte(1, 100, 0);
		expect(file.faults()).toEqual(["1 (table sqlite_schema) is no b-tree page: it starts with 0"]);
	});
});

test("a page that nothing uses, and no more than a hundred faults are listed", () => {
	const file = new Edited(TABLE);
	const longer = Buffer.concat([file.bytes, Buffer.alloc(250 * PAGE_SIZE)]);
	longer.writeUInt32BE(longer.byteLength / PAGE_SIZE, 28);
	const { faults, count } = new DatabaseCheck().check(wholeImage(longer));
	expect([faults.length, count]).toEqual([100, 250]);
	expect(faults[0]).toEqual({ page: file.pageCount + 1, object: undefined, message: "is not used by anything" });
});
