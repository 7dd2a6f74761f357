import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ThemeName } from "../support/page/themes";
import { projectRoot } from "../support/projectRoot";
import { queryAll } from "../support/sqlite/oracle";
import { overwrite } from "../support/stores/damage";
import { buildStore } from "../support/stores/storeBuilder";
import { accessibilityViolations } from "./accessibility";
import { usePages } from "./usePages";

const HOSTILE = `<img src=x onerror="document.title='owned'">`;
const PAGE_SIZE = 4096;

const directory = mkdtempSync(join(tmpdir(), "schema-"));
const [sound, damaged, wide] = ["sound", "damaged", "wide"].map((name) => join(directory, name)) as [
	string,
	string,
	string,
];
const inSound = usePages(sound);
const inDamaged = usePages(damaged);
const inWide = usePages(wide);

let damagedPage: number;

const SHOP = `
	create table people(id integer primary key, name text not null collate nocase, born text default (date('now')));
	create table orders(
		id integer primary key, person int not null references people(id) on delete cascade, total real check (total >= 0),
		note text default 'none', doubled real generated always as (total * 2) virtual
	);
	create unique index by_person on orders(person, id desc) where total > 10;
	create index by_note on orders(note);
	create trigger told after insert on orders begin select 1; end;
	create view rich as select * from orders where total > 100;
	create table "${HOSTILE.replaceAll('"', '""')}"("<b>bold</b>" text);
	with recursive n(v) as (select 1 union all select v + 1 from n limit 4000)
		insert into people select v, 'person ' || v, '2000-01-01' from n;
	with recursive n(v) as (select 1 union all select v + 1 from n limit 4000)
		insert into orders(id, person, total, note) select v, v, v, 'a note of some length, number ' || v from n;
	create table gone(x); insert into gone values (zeroblob(100000)); drop table gone;
`;

beforeAll(() => {
	buildStore(sound, (store) => {
		store.database.run(SHOP);
		store.full();
	});
	const [full] = buildStore(damaged, (store) => {
		store.database.run(SHOP);
		store.full();
	});
	const leaves =
		"select pageno from dbstat where name = 'orders' and pagetype = 'leaf' order by path limit 1 offset 20";
	damagedPage = Number(queryAll(full!.image, leaves)[0]![0]);
	overwrite(join(damaged, full!.file), (damagedPage - 1) * PAGE_SIZE, new Uint8Array(PAGE_SIZE));
	buildStore(wide, (store) => {
		const tables = Array.from({ length: 3000 }, (_, n) => `create table table_${n}(a);`);
		store.database.run(`begin; ${tables.join("")} commit`);
		store.full();
	});
});
afterAll(() => rmSync(directory, { recursive: true }));

const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });

async function rowsOf(page: Page, region: string): Promise<string[][]> {
	const rows = page.getByRole("region", { name: region, exact: true }).locator("tbody tr");
	await rows.first().waitFor();
	return rows.evaluateAll((all) =>
		all.map((row) =>
			[...row.querySelectorAll("th, td:not(.bar-column)")].map((cell) => cell.textContent?.trim() ?? ""),
		),
	);
}

test("the structure of a table: columns, indexes, keys in both directions, triggers, its definition", async () => {
	const { page, snapshot } = await inSound.open();
	await snapshot.choose("orders");
	await tab(page, "Structure").click();
	expect(await rowsOf(page, "Columns")).toEqual([
		["id", "INTEGER", "INTEGER", "primary key, 1", "", ""],
		["person", "INT", "INTEGER", "", "NOT NULL", ""],
		["total", "REAL", "REAL", "", "", ""],
		["note", "TEXT", "TEXT", "", "", "'none'"],
		["doubled", "REAL", "REAL", "", "generated, virtual", ""],
	]);
	expect(await rowsOf(page, "Indexes")).toEqual([
		["by_note", "note", "", "CREATE INDEX"],
		["by_person", "person, id DESC", "yes", "CREATE INDEX, partial: leaves rows out"],
	]);
	expect(await rowsOf(page, "Refers to")).toEqual([["people", "person", "id", "NO ACTION", "CASCADE"]]);
	const definition = page.getByRole("group", { name: "Definition" }).last();
	expect(await definition.textContent()).toContain("person int not null references people(id) on delete cascade");
	expect(await definition.locator(".sql-keyword").first().textContent()).toBe("CREATE");
	expect(await page.getByText("create trigger told after insert", { exact: false }).count()).toBe(1);

	await page.getByRole("region", { name: "Refers to" }).getByRole("button", { name: "people" }).click();
	await page.getByRole("heading", { name: "Table people" }).waitFor();
	expect(await rowsOf(page, "Referred to by")).toEqual([["orders", "person", "id", "NO ACTION", "CASCADE"]]);
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);

	await tab(page, "Rows and SQL").click();
	expect((await snapshot.rows())[0]).toEqual(["1", "person 1", "2000-01-01"]);
});

test("names from the store are text, and keys lead from tab to tab", async () => {
	const { page, snapshot } = await inSound.open();
	await snapshot.choose(HOSTILE);
	await tab(page, "Rows and SQL").focus();
	await page.keyboard.press("ArrowRight");
	expect(await rowsOf(page, "Columns")).toEqual([["<b>bold</b>", "TEXT", "TEXT", "", "", ""]]);
	await page.keyboard.press("End");
	await page.getByRole("heading", { name: "What takes the space" }).waitFor();
	await page.getByRole("button", { name: HOSTILE }).waitFor();
	await page.keyboard.press("ArrowRight");
	await snapshot.field.waitFor();
	expect(await page.title()).not.toBe("owned");
});

test("what takes the space, as a table that leads to the tables", async () => {
	const { page, snapshot } = await inSound.open();
	await tab(page, "Space").click();
	const rows = await rowsOf(page, "Space by table and index");
	expect(rows.map(([name]) => name)).toEqual([
		...["orders", "by_note", "by_person", "people", "sqlite_schema", HOSTILE, "Free pages"],
	]);
	expect(rows.slice(0, 2).map((row) => row[3])).toEqual(["4,000", "4,000"]);
	expect(await page.locator("space-view rect.stored").count()).toBeGreaterThan(5);
	await page
		.getByRole("region", { name: "Space by table and index" })
		.getByRole("button", { name: "people" })
		.press("Enter");
	await snapshot.settled();
	expect((await snapshot.rows())[0]).toEqual(["1", "person 1", "2000-01-01"]);
	expect(await snapshot.object("people").getAttribute("aria-selected")).toBe("true");
	expect(await snapshot.object("people").locator(".count").textContent()).toBe("4,000 rows");
});

test.each<[ThemeName, number]>([
	["dark", 1000],
	["light", 1000],
	["high-contrast", 1000],
	["dark", 400],
])("can be read in the theme %s, %i pixels wide", async (theme, width) => {
	const { page, snapshot } = await inSound.open({ theme, width });
	const picture = (name: string) =>
		page.screenshot({ path: join(projectRoot, ".cache/page", `${name}-${theme}-${width}.png`), fullPage: true });
	await snapshot.choose("orders");
	await tab(page, "Structure").click();
	await rowsOf(page, "Indexes");
	await picture("structure");
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
	await tab(page, "Space").click();
	await rowsOf(page, "Space by table and index");
	await picture("space");
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
});

test("a damaged page is named with its table, where rows fail and among what takes the space", async () => {
	const { page, snapshot } = await inDamaged.open();
	await snapshot.query("select * from orders not indexed order by id desc limit 1");
	expect(await snapshot.rows()).toHaveLength(1);
	await snapshot.query("select sum(length(note)) from orders not indexed");
	await snapshot.alert
		.filter({ hasText: `database disk image is malformed: page ${damagedPage} of table orders` })
		.waitFor();
	expect(await snapshot.object("orders").locator(".count").count()).toBe(0);
	expect(await snapshot.object("people").locator(".count").textContent()).toBe("4,000 rows");
	await tab(page, "Space").click();
	await page
		.getByRole("listitem")
		.filter({ hasText: `page ${damagedPage} of table orders is no b-tree page` })
		.waitFor();
	const damagedRows = (await rowsOf(page, "Space by table and index")).filter(([name]) => name?.includes("damaged"));
	expect(damagedRows.map(([name, , , rows]) => [name, rows])).toEqual([["orders damaged", ""]]);
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
});

test("of thousands of tables each can be reached by its name", async () => {
	const { page, snapshot } = await inWide.open();
	await page.getByText("and 2,000 more: filter by name").waitFor();
	expect(await snapshot.tables.getByRole("option").count()).toBe(1000);
	await page.getByRole("searchbox", { name: "Filter by name" }).fill("TABLE_2999");
	expect(await snapshot.tables.getByRole("option").allTextContents()).toEqual([expect.stringContaining("table_2999")]);
	await page.keyboard.press("Enter");
	await snapshot.settled();
	expect(await snapshot.text()).toContain("table_2999");
	await page.keyboard.press("Escape");
	expect(await snapshot.tables.getByRole("option").count()).toBe(1000);

	await tab(page, "Space").click();
	await page.getByText("2,801 smaller ones are not drawn.").waitFor();
	await page.getByRole("button", { name: "Show more" }).click();
	await page.getByText("2,601 smaller ones are not drawn.").waitFor();
});
