import { beforeAll, describe, expect, test } from "vitest";
import { SalvageCursor } from "../../../src/engine/salvageCursor";
import { wholeImage } from "../../support/images/wholeImage";
import { queryAll } from "../../support/sqlite/oracle";
import { openDatabase, written } from "./openDatabase";

const PAGE_SIZE = 512;
const ROWS = 2000;
const numbers = (count: number) =>
	`with recursive n(v) as (select 1 union all select v + 1 from n limit ${count}) select v from n`;
const SCRIPT = `
	create table t(a integer primary key, b text, c);
	insert into t select v * 3, 'row ' || v, case v % 100 when 0 then randomblob(5000) else v / 7.0 end from (${numbers(ROWS)});
	create index by_b on t(b);
	create table plain(b, rowid); insert into plain select v, -v from (${numbers(500)});
	create table keyed(k text collate nocase, n, v, primary key(k, n desc)) without rowid;
	insert into keyed select 'Key' || (v % 40), v, zeroblob(30) from (${numbers(2000)});
`;

let sound: Uint8Array;
beforeAll(() => {
	sound = written(SCRIPT, { pageSize: PAGE_SIZE });
});

async function salvaged(file: Uint8Array, table: string) {
	const cursor = new SalvageCursor(await openDatabase(file), wholeImage(file), table);
	const rows = [];
	for (let row = cursor.next(); row; row = cursor.next()) rows.push(row);
	cursor.close();
	return { rows, skipped: cursor.skipped, columns: cursor.columns };
}

/** Of the undamaged database; strings are compared sooner than values. */
function texts(select: string): string[] {
	return queryAll(sound, select).map(String);
}

function pagesOf(name: string, type: string): number[] {
	const sql = `select pageno from dbstat where name = '${name}' and pagetype = '${type}' order by path`;
	return queryAll(sound, sql).map(([page]) => Number(page));
}

function damaged(page: number, edit: (bytes: Uint8Array) => unknown): Uint8Array {
	const file = sound.slice();
	edit(file.subarray((page - 1) * PAGE_SIZE, page * PAGE_SIZE));
	return file;
}

const zero = (bytes: Uint8Array) => bytes.fill(0);

test.each(["t", "plain", "keyed"])("of a sound table everything: %s", async (table) => {
	const { rows, skipped, columns } = await salvaged(sound, table);
	expect(rows).toEqual(queryAll(sound, `select * from ${table}`));
	expect(skipped).toEqual([]);
	expect(columns).toEqual(queryAll(sound, `select name from pragma_table_info('${table}')`).flat());
});

describe("a damaged leaf of a table", () => {
	test.each([
		["zeroed", 0, 0, /^Page \d+ is no b-tree page/],
		["whose type is another", 0, 13 ^ 5, /^Page \d+ has cell/],
		["with a cell pointer that leads elsewhere", 9, 0x40, /^Page \d+ has/],
		["that counts a cell too many", 4, 1, /^Page \d+ has/],
	])("%s: its rows alone are left out", async (_name, at, flip, why) => {
		const edit = (bytes: Uint8Array) => (flip === 0 ? bytes.fill(0) : bytes.set([bytes[at]! ^ flip], at));
		const leaves = pagesOf("t", "leaf");
		for (const page of [leaves[0]!, leaves[leaves.length >> 1]!, leaves.at(-1)!]) {
			const { rows, skipped } = await salvaged(damaged(page, edit), "t");
			expect(skipped).toEqual([
				{ page, rowids: [expect.any(BigInt), expect.any(BigInt)], reason: expect.stringMatching(why) },
			]);
			const [first, last] = skipped[0]!.rowids!;
			expect(rows.map(String)).toEqual(texts(`select * from t where a not between ${first} and ${last}`));
			// What is left out is what is on that page and nothing else.
			const lost = ROWS - rows.length;
			expect(lost).toBe(Number(queryAll(sound, `select ncell from dbstat where pageno = ${page}`)[0]![0]));
		}
	});

	test("two of them, beside each other and apart", async () => {
		const leaves = pagesOf("t", "leaf");
		const gone = [leaves[4]!, leaves[5]!, leaves[20]!];
		const file = sound.slice();
		for (const page of gone) file.fill(0, (page - 1) * PAGE_SIZE, page * PAGE_SIZE);
		const { rows, skipped } = await salvaged(file, "t");
		expect(skipped.map(({ page }) => page)).toEqual(gone);
		const kept = skipped.map(({ rowids }) => `a not between ${rowids![0]} and ${rowids![1]}`).join(" and ");
		expect(rows.map(String)).toEqual(texts(`select * from t where ${kept}`));
	});
});

test("an overflow chain that is cut costs its row alone", async () => {
	const pages = pagesOf("t", "overflow");
	const { rows, skipped } = await salvaged(damaged(pages[0]!, zero), "t");
	expect(skipped).toEqual([
		{
			page: expect.any(Number),
			rowids: [300n, 300n],
			reason: expect.stringContaining("overflow chain that ends after 1 of"),
		},
	]);
	expect(rows.map(String)).toEqual(texts("select * from t where a <> 300"));
});

test("below a damaged inner page rows are lost, and told", async () => {
	const [root, page] = pagesOf("t", "internal");
	const { rows, skipped } = await salvaged(damaged(page!, zero), "t");
	const lost = skipped.find((each) => each.page === page)!;
	expect(root).not.toBe(page);
	const [first, last] = lost.rowids!;
	expect(rows.map(String)).toEqual(texts(`select * from t where a not between ${first} and ${last}`));
	expect(rows.length).toBeGreaterThan(100);
	expect(skipped).toHaveLength(1);

	const nothing = await salvaged(damaged(root!, zero), "t");
	expect(nothing.rows).toEqual([]);
	expect(nothing.skipped).toMatchObject([{ page: root }]);
});

test("a table without rowids is read from both ends", async () => {
	const leaves = pagesOf("keyed", "leaf");
	const { rows, skipped } = await salvaged(damaged(leaves[leaves.length >> 1]!, zero), "keyed");
	expect(skipped).toEqual([{ page: undefined, rowids: undefined, reason: "database disk image is malformed" }]);
	const all = texts("select k, n, v from keyed");
	const [front, back] = [rows.map(String), rows.map(String)];
	const split = front.findIndex((row, n) => row !== all[n]);
	expect(new Set(front).size).toBe(rows.length);
	expect(back.slice(split)).toEqual([...all].reverse().slice(0, rows.length - split));
	expect(2000 - rows.length).toBeLessThan(60);
	expect([split, rows.length - split].every((count) => count > 500)).toBe(true);
});
