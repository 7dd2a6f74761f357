import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { cut } from "../support/stores/damage";
import { type BuiltSnapshot, buildStore, StoreBuilder } from "../support/stores/storeBuilder";
import { type SnapshotPage, snapshotPage } from "./snapshotPage";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

const HOSTILE = `<img src=x onerror="document.title='owned'">`;
const ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n)";

let older: BuiltSnapshot;
let newest: BuiltSnapshot;
let damaged: BuiltSnapshot;
let growing: StoreBuilder;

const window = useWorkbench((directory) => {
	[older, newest] = buildStore(join(directory, "sound"), tellSound) as [BuiltSnapshot, BuiltSnapshot];
	[, damaged] = buildStore(join(directory, "damaged"), tellDamaged) as [BuiltSnapshot, BuiltSnapshot];
	cut(join(directory, "damaged", damaged.file), -100);
	growing = new StoreBuilder(join(directory, "growing"), {});
	growing.database.run("create table events(at text); insert into events values ('first')");
	growing.full({ term: 4 });
	return { folder: directory };
});
afterAll(() => growing?.database.close());

function tellSound(store: StoreBuilder): void {
	store.database.run("create table ledger(id integer primary key, amount, note text, receipt blob)");
	store.full();
	store.database.run(`
		insert into ledger values
			(1, 9007199254740993, null, x'00ff10'),
			(2, -9223372036854775808, '', x''),
			(3, 1e999, 'привіт 🍵', null),
			(4, 7.0, 'a' || char(0x202e) || 'b', zeroblob(40)),
			(5, null, 'NULL', null),
			(6, -1, 'two' || char(10) || 'lines', null);
		create view notes as select note from ledger where note <> '';
		create index by_note on ledger(note);
		create virtual table search using fts5(words);
		insert into search values ('green tea');
		create table "${HOSTILE.replaceAll('"', '""')}"("<b>bold</b>");
		insert into "${HOSTILE.replaceAll('"', '""')}" values ('<script>document.title = ''owned''</script>');
	`);
	store.incremental();
}

/** The second of two transactions in its log is going to be torn. */
function tellDamaged(store: StoreBuilder): void {
	store.database.run("create table events(at text)");
	store.full({ term: 3 });
	store.database.run("insert into events values ('sound')");
	store.database.run("insert into events values ('lost')");
	store.incremental();
}

/** Opens a snapshot from the tree, whose store is opened first. */
async function open(store: string, id: string): Promise<SnapshotPage> {
	const { workbench } = window;
	await workbench.openView("Snapshot Stores");
	const row = workbench.rows(id);
	const parent = workbench.rows(new RegExp(`^${store}(,|$)`));
	await workbench.expand(parent);
	await row.click();
	return snapshotPage(workbench, id);
}

/** Rows that the page says it has so far. */
async function knownRows(page: SnapshotPage): Promise<number> {
	const [, count = ""] = /^([\d,]+) rows so far · /.exec((await page.status.textContent()) ?? "") ?? [];
	return Number(count.replaceAll(",", ""));
}

describe("the page", () => {
	leavesUnchanged(() => join(window.directory, "sound"));
	let page: SnapshotPage;

	test("shows the rows of a table, every value as it is", async () => {
		page = await open("sound", newest.id);
		await page.choose("ledger");
		expect(await page.rows()).toEqual([
			["1", "9007199254740993", "NULL", "x'00ff10'(3 bytes)"],
			["2", "-9223372036854775808", "", "x''(0 bytes)"],
			["3", "Infinity", "привіт 🍵", "NULL"],
			["4", "7.0", "a\\u{202e}b", `x'${"00".repeat(16)}…'(40 bytes)`],
			["5", "NULL", "NULL", "NULL"],
			["6", "-1", "two\\nlines", "NULL"],
		]);
		// NULL and the text "NULL" look different.
		expect(await page.grid.getByText("NULL", { exact: true }).count()).toBe(6);
		expect(await page.grid.locator(".null").count()).toBe(5);
		expect(await page.status.textContent()).toMatch(/^6 rows · [\d.]+ ms$/);
		expect(await page.grid.getByRole("columnheader").allTextContents()).toEqual([
			"#",
			"id",
			"amount",
			"note",
			"receipt",
		]);
	});

	test("says what the answers stand on", async () => {
		expect(await page.summary.textContent()).toMatch(
			/ · incremental · .* · base and 1 WAL, 17 of 17 frames applied, 9 pages\s*$/,
		);
	});

	test("lists tables with their row counts, views and indexes", async () => {
		const options = page.tables.getByRole("option");
		// The last table to be counted.
		await page.object("search_idx").getByText("1").waitFor();
		expect((await options.allTextContents()).map((text) => text.replaceAll(/\s+/g, " ").trim())).toEqual([
			`${HOSTILE} 1 row`,
			"ledger 6 rows",
			"search cannot be queried",
			"search_config 1 row",
			"search_content 1 row",
			"search_data 3 rows",
			"search_docsize 1 row",
			"search_idx 1 row",
			"notes",
			"by_note",
		]);
	});

	test("draws names and values from a store as text", async () => {
		await page.choose(HOSTILE);
		expect(await page.rows()).toEqual([["<script>document.title = 'owned'</script>"]]);
		expect(await page.grid.getByRole("columnheader").allTextContents()).toEqual(["#", "<b>bold</b>"]);
		expect(await page.frame.locator("img").count()).toBe(0);
		expect(await page.frame.title()).not.toBe("owned");
	});

	test("says of a table without its module that it cannot be queried, and goes on", async () => {
		await page.object("search").click();
		await page.frame.getByText("no such module: fts5").waitFor();
		await page.query("select words from search");
		expect(await page.alert.textContent()).toContain("no such module: fts5");
		await page.choose("notes");
		expect(await page.rows()).toHaveLength(4);
	});

	test("shows what SQLite says of a wrong query", async () => {
		await page.query("select * from nowhere");
		expect(await page.alert.textContent()).toBe("no such table: nowhere");
		expect(await page.status.textContent()).toMatch(/^Failed · /);
	});

	test.each(["delete from ledger", "drop table ledger", "pragma user_version = 3", "attach 'x' as y", "vacuum"])(
		"refuses %s, and says why",
		async (sql) => {
			await page.query(sql);
			expect(await page.alert.textContent()).toContain("refused: a snapshot is read-only");
		},
	);

	test("cancels a query that never ends, and answers the next", async () => {
		await page.field.fill(`${ENDLESS} select count(*) from n`);
		await page.run.click();
		await page.status.filter({ hasText: "Running…" }).waitFor();
		await page.cancel.click();
		await page.status.filter({ hasText: /^Cancelled · / }).waitFor();
		await page.query("select count(*) from ledger");
		expect(await page.rows()).toEqual([["6"]]);
	});

	test("scrolls through ten million rows without asking for them all", async () => {
		await page.query(`${ENDLESS} select i from n limit 10000000`);
		expect(await knownRows(page)).toBe(500);
		for (let times = 0; times < 5; times++) {
			const last = await knownRows(page);
			await page.grid.press("Control+End");
			await page.grid.getByRole("rowheader", { name: last.toLocaleString("en"), exact: true }).waitFor();
			await expect.poll(() => knownRows(page)).toBeGreaterThan(last);
		}
		expect(await knownRows(page)).toBeLessThan(20_000);
	});

	test("says where the rows end that it holds", async () => {
		await page.query(`${ENDLESS} select i, printf('%.*c', 100000, 'x') as long from n limit 10000000`);
		const full = page.status.filter({ hasText: /^Showing the first [\d,]+ rows; narrow the query · / });
		while ((await full.count()) === 0) await page.grid.press("Control+End");
	});

	test("refuses a value larger than memory should hold", async () => {
		await page.query("select zeroblob(900000000)");
		expect(await page.alert.textContent()).toContain("more memory than there is");
		await page.query("select 1");
		expect(await page.rows()).toEqual([["1"]]);
	});

	test("says that a snapshot is not the newest, and opens that", async () => {
		const page = await open("sound", older.id);
		await page.notices.getByText("This is not the newest snapshot of the store.").waitFor();
		await page.notices.getByRole("button", { name: "Open the newest" }).click();
		await snapshotPage(window.workbench, newest.id);
	});
});

describe("a snapshot with a torn log", () => {
	leavesUnchanged(() => join(window.directory, "damaged"));

	test("is not opened as if nothing were wrong; up to the damage it can be", async () => {
		const page = await open("damaged", damaged.id);
		await page.notices.getByText("The files of this snapshot are damaged. Nothing has been opened.").waitFor();
		expect(await page.notices.textContent()).toContain(damaged.file);
		await page.notices.getByRole("button", { name: "Open up to the last sound commit" }).click();
		await page.notices.getByText("The answers are partial").waitFor();
		await page.choose("events");
		expect(await page.rows()).toEqual([["sound"]]);
	});
});

describe("a store that changes on disk", () => {
	let first: string;
	let page: SnapshotPage;

	test("has a newer snapshot: the page and the tree say so, and stay as they are", async () => {
		const { workbench } = window;
		[first] = growing.snapshots.map(({ id }) => id) as [string];
		page = await open("growing", first);
		expect(await page.notices.getByText("not the newest").count()).toBe(0);
		await page.query("select at from events");

		growing.database.run("insert into events values ('second')");
		const second = growing.incremental();
		await page.notices.getByText("This is not the newest snapshot of the store.").waitFor();
		expect(await page.rows()).toEqual([["first"]]);
		await workbench.rows(second.id).waitFor();
		await workbench.rows(new RegExp(`^${second.id}, newest`)).waitFor();
		expect(await workbench.rows(first).getAttribute("aria-selected")).toBe("true");
		expect(await workbench.rows(/^growing(,|$)/).getAttribute("aria-expanded")).toBe("true");
	});

	test("has lost the snapshot: the page says so and goes on with what was read", async () => {
		rmSync(join(growing.directory, "generations"), { recursive: true });
		await page.notices.getByText("This snapshot is no longer on disk.").waitFor();
		await page.query("select count(*) from events");
		expect(await page.rows()).toEqual([["1"]]);
	});
});
