import { beforeAll, expect, test } from "vitest";
import { withDamagedPage } from "../../../src/engine/damagedPage";
import { SqlError } from "../../../src/engine/sqlError";
import { wholeImage } from "../../support/images/wholeImage";
import { queryAll } from "../../support/sqlite/oracle";
import { openDatabase, rowsOf, written } from "./openDatabase";

const PAGE_SIZE = 512;
const MALFORMED = "database disk image is malformed";

let sound: Uint8Array;
beforeAll(() => {
	sound = written(
		`create table t(a integer primary key, b);
		with recursive n(v) as (select 1 union all select v + 1 from n limit 2000) insert into t select v, 'text ' || v from n;
		create index i on t(b);`,
		{ pageSize: PAGE_SIZE },
	);
});

function leavesOf(name: string): number[] {
	return queryAll(sound, `select pageno from dbstat where name = '${name}' and pagetype = 'leaf' order by path`).map(
		([page]) => Number(page),
	);
}

/** What is said of a query over the database with these pages zeroed. */
async function said(pages: readonly number[], sql: string, maxBytes?: number): Promise<string> {
	const file = sound.slice();
	for (const page of pages) file.fill(0, (page - 1) * PAGE_SIZE, page * PAGE_SIZE);
	const database = await openDatabase(file);
	try {
		rowsOf(database, sql);
	} catch (error) {
		return (withDamagedPage(error, database, wholeImage(file), maxBytes) as Error).message;
	}
	return "no error";
}

test("the page that SQLite came to is named, with its table or index, among all that are damaged", async () => {
	const [table, index] = [leavesOf("t")[20]!, leavesOf("i")[20]!];
	expect(await said([table, index], "select * from t not indexed")).toMatch(
		`${MALFORMED}: page ${table} of table t is no b-tree page: it starts with 0. Rows on other pages`,
	);
	expect(await said([table, index], "select b from t order by b")).toMatch(
		`${MALFORMED}: page ${index} of index i is no b-tree page: it starts with 0.`,
	);
});

test("where there is too much to look at, the page read last is", async () => {
	const page = leavesOf("t")[30]!;
	expect(await said([page], "select * from t not indexed", -1)).toMatch(
		`${MALFORMED}: the last page read was page ${page} of table t. `,
	);
});

test("other errors stay as they are", async () => {
	const database = await openDatabase(sound);
	const error = new SqlError("sql", "no such table: x");
	expect(withDamagedPage(error, database, wholeImage(sound))).toBe(error);
	// Nothing is wrong with any page: what SQLite said has to do.
	const malformed = new SqlError("sql", MALFORMED);
	expect(withDamagedPage(malformed, database, wholeImage(sound))).toBe(malformed);
});
