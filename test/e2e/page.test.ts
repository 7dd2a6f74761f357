import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SnapshotStore } from "../../src/store/snapshotStore";
import { cut } from "../support/stores/damage";
import { type BuiltSnapshot, buildStore, StoreBuilder } from "../support/stores/storeBuilder";
import { type SnapshotPage, snapshotPage } from "../support/window/snapshotPage";
import { enterPath } from "./dialogs";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

const HOSTILE = `<img src=x onerror="document.title='owned'">`;
const ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n)";

let older: BuiltSnapshot;
let newest: BuiltSnapshot;
let damaged: BuiltSnapshot;
let growing: StoreBuilder;
let joined: readonly BuiltSnapshot[];

const window = useWorkbench((directory) => {
	[older, newest] = buildStore(join(directory, "sound"), tellSound) as [BuiltSnapshot, BuiltSnapshot];
	[, damaged] = buildStore(join(directory, "damaged"), tellDamaged) as [BuiltSnapshot, BuiltSnapshot];
	cut(join(directory, "damaged", damaged.file), -100);
	cpSync(join(directory, "sound"), join(directory, "copy"), { recursive: true });
	joined = buildStore(join(directory, "cluster"), tellCluster);
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

/** A server joins; then one goes and another joins. */
function tellCluster(store: StoreBuilder): void {
	const [n1, n2, n3] = [
		{ id: "n1", address: "one:4002", suffrage: "voter" },
		{ id: "n2", address: "two:4002", suffrage: "voter" },
		{ id: "n3", address: "three:4002", suffrage: "nonvoter" },
	] as const;
	store.database.run("create table t(a)");
	store.full({ servers: [n1], index: 10 });
	store.database.run("insert into t values(1)");
	store.incremental({ servers: [n1, n2] });
	store.database.run("insert into t values(2)");
	store.incremental({ servers: [n2, n3] });
}

/** Opens a snapshot from the tree, whose store is opened first. */
async function open(store: string, id: string): Promise<SnapshotPage> {
	const { workbench } = window;
	await workbench.openView("Snapshot Stores");
	const row = workbench.rows(id);
	const parent = workbench.rows(new RegExp(`^${store}(,|$)`));
	await workbench.expand(parent);
	// It is drawn anew once it has been read, and its children with it: until then a click on one may be lost.
	await workbench.rows(new RegExp(`^${store}, \\d+ snapshot`)).waitFor();
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
		expect(await page.status.textContent()).toBe("6 rows");
		expect(await page.grid.getByRole("columnheader").allTextContents()).toEqual([
			"#",
			"id INTEGER",
			"amount",
			"note TEXT",
			"receipt BLOB",
		]);
		// Clipped or not, and without the pointer.
		const note = page.grid.getByRole("columnheader", { name: "note TEXT", exact: true });
		expect(await note.getAttribute("title")).toBe("note TEXT");
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

	test("shows an index by its definition, and the query that asks for that", async () => {
		await page.object("by_note").click();
		const definition = page.frame.getByRole("group", { name: "Definition" });
		expect(await definition.textContent()).toMatch(/^CREATE INDEX by_note on ledger\(note\)\s*$/i);
		await page.field.press("Control+Enter");
		await page.settled();
		expect(await page.rows()).toEqual([["CREATE INDEX by_note on ledger(note)"]]);
	});

	test("keeps a cell in view whose whole value is opened below it", async () => {
		await page.query(`${ENDLESS} select i from n limit 200`);
		await page.grid.press("PageDown");
		await page.grid.press("Enter");
		const value = page.frame.getByRole("group", { name: "Value" });
		await value.waitFor();
		const [cell, body] = await Promise.all([page.grid.locator(".active").boundingBox(), page.grid.boundingBox()]);
		expect((cell?.y ?? 0) + (cell?.height ?? 0)).toBeLessThanOrEqual((body?.y ?? 0) + (body?.height ?? 0));
		await value.press("Escape");
	});

	test("saves a value to a file, and to none in the store", async () => {
		const save = async (path: string) => {
			await page.frame.getByRole("button", { name: "Save to file…" }).click();
			await enterPath(window.workbench, "Save value to file", path);
		};
		await page.query("select x'00ff10' as receipt");
		await page.grid.press("Enter");
		await save(join(window.directory, "sound", "receipt.bin"));
		await page.notices.getByText("lies in the store, which is only read").waitFor();
		await save(join(window.directory, "receipt.bin"));
		await window.workbench.notified(/The value is saved to .*receipt\.bin\./);
		expect(readFileSync(join(window.directory, "receipt.bin")).toString("hex")).toBe("00ff10");
		expect(existsSync(join(window.directory, "sound", "receipt.bin"))).toBe(false);
		await page.frame.getByRole("group", { name: "Value" }).press("Escape");
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

	test("shows Raft's servers, and leads to the snapshot where one of them changed", async () => {
		const last = await open("cluster", joined.at(-1)!.id);
		expect(await last.raft.textContent()).toMatch(/Raft\s+· term 2, index 16 · 2 servers · 3 membership changes\s*$/);
		await last.raft.press("Enter");
		const table = last.frame.getByRole("table", { name: "Servers of the configuration" });
		expect(await table.getByRole("row").allInnerTexts()).toEqual([
			"Server\tAddress\tSuffrage",
			"n2\ttwo:4002\tvoter",
			"n3\tthree:4002\tnonvoter",
		]);
		const changes = last.frame.getByRole("region", { name: "Raft" }).getByRole("listitem");
		expect((await changes.allTextContents()).map((text) => text.replaceAll(/\s+/g, " ").trim())).toEqual([
			`n2 was added at two:4002 as voter ${joined[1]?.id}`,
			"n1 was removed in this snapshot",
			"n3 was added at three:4002 as nonvoter in this snapshot",
		]);
		await changes.getByRole("button", { name: `Open snapshot ${joined[1]?.id}` }).press("Enter");
		await snapshotPage(window.workbench, joined[1]!.id);
	});

	test("of a copy of the store has a tab that names it, as long as both are open", async () => {
		// Whose rows are called the same.
		await window.workbench.collapse(window.workbench.rows(/^sound(,|$)/));
		await open("copy", newest.id);
		await expect.poll(() => window.workbench.tabs()).toContain(`${newest.id} · ${basename(window.directory)}/copy`);
		expect(await window.workbench.tabs()).toContain(`${newest.id} · ${basename(window.directory)}/sound`);
		await window.workbench.runCommand("View: Close Editor");
		await expect.poll(() => window.workbench.tabs()).toContain(newest.id);
	});
});

describe("a snapshot with a torn log", () => {
	leavesUnchanged(() => join(window.directory, "damaged"));
	let page: SnapshotPage;

	test("is not opened as if nothing were wrong", async () => {
		page = await open("damaged", damaged.id);
		await page.notices.getByText("The files of this snapshot are damaged. Nothing has been opened.").waitFor();
		expect(await page.notices.textContent()).toContain(damaged.file);
	});

	test("is damaged in the tree too, with nothing verified", async () => {
		const { workbench } = window;
		await workbench.rows(new RegExp(`^${damaged.id}, newest · damaged · `)).waitFor();
		await workbench.rows(/^0000000001, current · 2 snapshots, damaged$/).waitFor();
	});

	test("can be opened up to the damage", async () => {
		await page.notices.getByRole("button", { name: "Open up to the last sound commit" }).click();
		await page.notices.getByText("The answers are partial").waitFor();
		await page.choose("events");
		expect(await page.rows()).toEqual([["sound"]]);
	});
});

describe("a snapshot without its log", () => {
	test("can be opened up to the snapshot before it, until the log is back", async () => {
		const wal = join(window.directory, "cluster", joined[1]!.file);
		const page = await open("cluster", joined[2]!.id);
		renameSync(wal, `${wal}.kept`);
		await page.notices.getByText("The files of this snapshot have changed on disk").waitFor();
		await page.notices.getByRole("button", { name: "Read again" }).click();
		await page.notices.getByText("Files that this snapshot needs are missing. Nothing has been opened.").waitFor();
		await page.notices.getByRole("button", { name: "Open up to the last sound commit" }).click();
		await page.notices.getByText(`They end at the last sound commit up to snapshot ${joined[0]?.id}.`).waitFor();
		await page.query("select count(*) from t");
		expect(await page.rows()).toEqual([["0"]]);

		renameSync(`${wal}.kept`, wal);
		await page.notices.getByRole("button", { name: "Read again" }).click();
		await page.query("select count(*) from t");
		expect(await page.rows()).toEqual([["2"]]);
		expect(await page.notices.getByText("partial").count()).toBe(0);
	});
});

describe("a store that changes on disk", () => {
	let first: string;
	let page: SnapshotPage;
	const newer = () => page.notices.getByText("A newer snapshot has come to the store since this one was opened.");

	test("has newer snapshots: the page says so once, the tree shows them, and both stay as they are", async () => {
		const { workbench } = window;
		[first] = growing.snapshots.map(({ id }) => id) as [string];
		page = await open("growing", first);
		expect(await page.notices.getByText("newe").count()).toBe(0);
		await page.query("select at from events");
		await page.field.focus();

		for (const word of ["second", "third"]) {
			growing.database.run(`insert into events values ('${word}')`);
			const { id } = growing.incremental();
			await workbench.rows(new RegExp(`^${id}, newest`)).waitFor();
		}
		await newer().waitFor();
		expect(await newer().count()).toBe(1);
		expect(await page.field.and(page.frame.locator(":focus")).count()).toBe(1);
		expect(await page.rows()).toEqual([["first"]]);
		expect(await workbench.rows(first).getAttribute("aria-selected")).toBe("true");
		expect(await workbench.rows(/^growing(,|$)/).getAttribute("aria-expanded")).toBe("true");
	});

	test("is reaped: the page says that its snapshot went, goes on with what was read, and leads to the newest", async () => {
		const store = await SnapshotStore.open(growing.directory);
		await store.reap();
		await page.notices.getByText("This snapshot is no longer on disk.").waitFor();
		expect(await newer().count()).toBe(0);
		await page.query("select count(*) from events");
		expect(await page.rows()).toEqual([["1"]]);
		await window.workbench.screenshot("reaped");
		await page.notices.getByRole("button", { name: "Open the newest" }).click();
		const newest = await snapshotPage(window.workbench, growing.snapshots.at(-1)!.id);
		await newest.query("select count(*) from events");
		expect(await newest.rows()).toEqual([["3"]]);
	});

	test("has lost everything: the pages say so and go on", async () => {
		const last = await snapshotPage(window.workbench, growing.snapshots.at(-1)!.id);
		rmSync(join(growing.directory, "generations"), { recursive: true });
		await last.notices.getByText("This snapshot is no longer on disk.").waitFor();
		expect(await last.notices.getByRole("button").count()).toBe(0);
		await last.query("select count(*) from events");
		expect(await last.rows()).toEqual([["3"]]);
	});
});
