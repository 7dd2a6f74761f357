import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ThemeName } from "../support/page/themes";
import { projectRoot } from "../support/projectRoot";
import { accessibilityViolations } from "./accessibility";
import { type PageInBrowser, takenOut, usePages } from "./usePages";

const { open } = usePages(join(projectRoot, "dist/sample/node1/snapshots"));

const NUMBERS = "with recursive n(i) as (select 1 union all select i + 1 from n limit 300)";

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
	for (const key of keys) await page.keyboard.press(key);
}

/** Runs a query and gives the grid the focus. */
async function ask({ snapshot }: PageInBrowser, sql: string): Promise<void> {
	await snapshot.query(sql);
	await snapshot.grid.focus();
}

/** The texts of the cells that are selected and drawn. */
async function selected({ snapshot }: PageInBrowser): Promise<readonly string[]> {
	return snapshot.grid.locator("[role=gridcell][aria-selected=true]").allTextContents();
}

async function headers({ snapshot }: PageInBrowser): Promise<readonly string[]> {
	return (await snapshot.grid.getByRole("columnheader").allTextContents()).slice(1);
}

test("selects ranges, rows, columns and everything with the keyboard, and says what they come to", async () => {
	const opened = await open();
	const { page } = opened;
	const summary = page.locator("grid-foot .summary");
	await ask(opened, `${NUMBERS} select i, i * 9007199254740993 as big, 'row ' || i as t from n`);
	await press(page, "ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight");
	expect(await selected(opened)).toEqual(["2", "18014398509481986", "3", "27021597764222979"]);
	expect(await summary.textContent()).toBe(
		"4 cells · 4 numbers: sum 45035996273704970, least 2, greatest 27021597764222979",
	);
	await press(page, "Shift+ArrowUp", "Shift+ArrowUp");
	expect(await selected(opened)).toEqual(["1", "9007199254740993", "2", "18014398509481986"]);
	await press(page, "Shift+Space");
	expect(await selected(opened)).toEqual(["1", "9007199254740993", "row 1", "2", "18014398509481986", "row 2"]);
	await press(page, "Escape", "Control+Space");
	await summary.getByText("300 cells · 300 numbers: sum 406675046351555833950, least 9007199254740993,").waitFor();
	await press(page, "Control+a");
	await summary.getByText("900 cells · ").waitFor();
	// Not the page's text.
	expect(await page.evaluate(() => String(getSelection()))).toBe("");
	await press(page, "Escape");
	expect(await summary.textContent()).toBe("");
	expect(await opened.snapshot.grid.getAttribute("aria-multiselectable")).toBe("true");
});

test("selects with the mouse: dragging, Shift, row numbers and headers", async () => {
	const opened = await open();
	const { snapshot, page } = opened;
	await ask(opened, `${NUMBERS} select i as a, -i as b from n`);
	const cell = (name: string) => snapshot.grid.getByRole("gridcell", { name, exact: true });
	await cell("2").hover();
	await page.mouse.down();
	await cell("-3").hover();
	await page.mouse.up();
	expect(await selected(opened)).toEqual(["2", "-2", "3", "-3"]);
	await cell("-5").click({ modifiers: ["Shift"] });
	expect(await selected(opened)).toEqual(["2", "-2", "3", "-3", "4", "-4", "5", "-5"]);
	await snapshot.grid.getByRole("rowheader", { name: "3", exact: true }).click();
	expect(await selected(opened)).toEqual(["3", "-3"]);
	await snapshot.grid.getByRole("columnheader", { name: "b" }).click();
	expect((await selected(opened)).slice(0, 2)).toEqual(["-1", "-2"]);
	await page.locator("grid-foot .summary").getByText("300 cells").waitFor();
});

test("copies what is selected, in every form", async () => {
	const opened = await open();
	const { page, calls } = opened;
	await ask(
		opened,
		`select 9223372036854775807 as big, 'it''s "a"' || char(10) || '|b' as t, null as n, x'00ff' as "b c", 1e999 as r union all select 0.1, '', 'x', char(0), cast(x'ff' as text)`,
	);
	const copyAs = async (name: string) => {
		await press(page, "Control+a");
		await page.getByRole("button", { name: "Copy as…" }).click();
		await page.getByRole("menuitem", { name, exact: true }).click();
		await page.locator("grid-foot .summary").getByText("Copied 2 rows").waitFor();
	};
	await copyAs("Copy");
	await copyAs("Copy as CSV");
	await copyAs("Copy as JSON");
	await copyAs("Copy as SQL");
	await copyAs("Copy as Markdown");
	await press(page, "Escape", "Control+Home", "ArrowRight", "Control+c");
	const invalid = "x'ff'";
	await expect
		.poll(() => takenOut(calls))
		.toEqual([
			`copy 9223372036854775807\t"it's ""a""\n|b"\tNULL\tx'00ff'\tInfinity\n0.1\t\tx\t\0\t${invalid}`,
			`copy big,t,n,b c,r\r\n9223372036854775807,"it's ""a""\n|b",,X'00ff',Infinity\r\n0.1,"",x,\0,CAST(X'ff' AS TEXT)\r\n`,
			'copy [\n{"big":9223372036854775807,"t":"it\'s \\"a\\"\\n|b","n":null,"b c":{"blob":"00ff"},"r":{"real":"Infinity"}},\n{"big":0.1,"t":"","n":"x","b c":"\\u0000","r":{"text":"ff"}}\n]\n',
			`copy INSERT INTO "result"("big","t","n","b c","r") VALUES(9223372036854775807,'it''s "a"\n|b',NULL,X'00ff',9.0e+999);\nINSERT INTO "result"("big","t","n","b c","r") VALUES(0.1,'','x',replace('␀','␀',char(0)),CAST(X'ff' AS TEXT));\n`,
			`copy | big | t | n | b c | r |\n| --- | --- | --- | --- | --- |\n| 9223372036854775807 | it's "a"<br>\\|b | NULL | x'00ff' | Infinity |\n| 0.1 |  | x | \\\\u\\{0\\} | x'ff' |\n`,
			`copy it's "a"\n|b`,
		]);
});

test("says how much of it is too large to copy", async () => {
	const opened = await open();
	await ask(opened, `${NUMBERS} select printf('%.*c', 100000, 'x') as long from n`);
	const all = opened.snapshot.status.filter({ hasText: /^300 rows · / });
	while ((await all.count()) === 0) await press(opened.page, "Control+End");
	await press(opened.page, "Control+a", "Control+c");
	await opened.page.getByText("Copied the first 83 of 300 rows: more is too large to copy").waitFor();
	await expect
		.poll(() => takenOut(opened.calls).map(({ length }) => length))
		.toEqual(["copy ".length + 83 * 100_001 - 1]);
});

test("opens its menu on the current cell and gives the focus back", async () => {
	const opened = await open();
	const { page, snapshot } = opened;
	await ask(opened, "select 1 as a, 2 as b");
	await press(page, "ArrowRight", "Shift+F10");
	const menu = page.getByRole("menu", { name: "Cells" });
	expect((await menu.getByRole("menuitem").allTextContents()).slice(0, 3)).toEqual([
		"Show whole valueEnter",
		"CopyCtrl+C",
		"Copy as CSV",
	]);
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
	await press(page, "Escape");
	expect(await menu.count()).toBe(0);
	expect(await snapshot.grid.and(page.locator(":focus")).count()).toBe(1);
	await press(page, "ContextMenu", "h", "Enter");
	await expect.poll(() => headers(opened)).toEqual(["a"]);
	await page.getByRole("button", { name: "Columns (1 hidden)…" }).waitFor();
	await ask(opened, "select 1 as c, 2 as d");
	await snapshot.grid.getByRole("columnheader", { name: "d" }).click({ button: "right" });
	await menu.getByRole("menuitem", { name: 'Hide "d"' }).click();
	await expect.poll(() => headers(opened)).toEqual(["c"]);
});

test("hides, shows, moves, pins and resizes columns, and remembers it for the same columns", async () => {
	const opened = await open({ width: 700 });
	const { page, snapshot } = opened;
	const sql = `select ${Array.from({ length: 30 }, (_, n) => `${n} as c${n}`).join(", ")}`;
	await ask(opened, sql);
	await press(page, "ArrowRight", "Alt+Shift+ArrowLeft");
	expect((await headers(opened)).slice(0, 3)).toEqual(["c1", "c0", "c2"]);
	expect(await snapshot.grid.locator(".active").textContent()).toBe("1");

	const width = async (name: string) =>
		(await snapshot.grid.getByRole("columnheader", { name, exact: true }).boundingBox())!.width;
	const before = await width("c1");
	await press(page, "Alt+ArrowRight", "Alt+ArrowRight");
	expect(await width("c1")).toBe(before + 48);
	const box = (await snapshot.grid.getByRole("columnheader", { name: "c0", exact: true }).boundingBox())!;
	await page.mouse.move(box.x + box.width - 3, box.y + 8);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width + 37, box.y + 8);
	await page.mouse.up();
	expect(await width("c0")).toBe(box.width + 40);
	await page.mouse.dblclick(box.x + box.width + 37, box.y + 8);
	expect(await width("c0")).toBeLessThan(box.width + 40);

	await snapshot.grid.focus();
	await press(page, "Shift+F10", "k", "Enter", "Control+ArrowRight");
	await snapshot.grid.getByRole("columnheader", { name: "c29" }).waitFor();
	const [pinned, last] = await Promise.all(
		["c1", "c29"].map((name) => snapshot.grid.getByRole("columnheader", { name, exact: true }).boundingBox()),
	);
	expect(pinned!.x).toBeGreaterThanOrEqual(0);
	expect(pinned!.x + pinned!.width).toBeLessThanOrEqual(last!.x);
	expect((await headers(opened)).at(0)).toBe("c1");

	await page.getByRole("button", { name: "Columns…" }).click();
	await page.getByRole("textbox", { name: "Find columns" }).fill("c29");
	await page.getByRole("checkbox", { name: "c29" }).uncheck();
	await press(page, "Escape");
	expect(await snapshot.grid.and(page.locator(":focus")).count()).toBe(1);
	expect(await snapshot.grid.getAttribute("aria-colcount")).toBe("30");

	await ask(opened, `${sql} limit 1`);
	await expect.poll(async () => (await headers(opened)).slice(0, 3)).toEqual(["c1", "c0", "c2"]);
	await ask(opened, "select 1 as c0, 2 as c1");
	await expect.poll(() => headers(opened)).toEqual(["c0", "c1"]);
});

test("arranges a table's columns as they were in another page of the store", async () => {
	const before = await open();
	await before.snapshot.choose("customers");
	await before.snapshot.grid.focus();
	await press(before.page, "Alt+Shift+ArrowRight", "Alt+ArrowRight");
	await press(before.page, "Shift+F10", "k", "Enter");
	const names = async (page: PageInBrowser) => (await headers(page)).slice(0, 3);
	const width = async ({ snapshot }: PageInBrowser) =>
		(await snapshot.grid.getByRole("columnheader", { name: "id INTEGER" }).boundingBox())!.width;
	expect(await names(before)).toEqual(["id INTEGER", "name TEXT", "email TEXT"]);
	await expect.poll(() => before.layouts.at(-1)?.columns.pinned).toEqual([0]);

	const after = await open({ layouts: before.layouts.slice(-1) });
	await after.snapshot.choose("customers");
	await expect.poll(() => width(after)).toBe(await width(before));
	await press(after.page, "Shift+F10");
	expect(await names(after)).toEqual(["id INTEGER", "name TEXT", "email TEXT"]);
	await after.snapshot.query("select * from customers");
	expect(await names(after)).toEqual(["id", "name", "email"]);
});

test("moves a column that is dragged", async () => {
	const opened = await open();
	const { page, snapshot } = opened;
	await ask(opened, "select 1 as one, 2 as two, 3 as three");
	await snapshot.grid.getByRole("columnheader", { name: "three" }).hover();
	await page.mouse.down();
	await snapshot.grid.getByRole("columnheader", { name: "one" }).hover();
	expect(await snapshot.grid.locator(".aimed").textContent()).toBe("one");
	await page.mouse.up();
	expect(await headers(opened)).toEqual(["three", "one", "two"]);
	expect(await snapshot.rows()).toEqual([["3", "1", "2"]]);
	await press(page, "Control+a", "Control+c");
	await expect.poll(() => takenOut(opened.calls)).toEqual(["copy 3\t1\t2"]);
});

test("draws few of two thousand columns, and goes to the last", async () => {
	const opened = await open();
	const { page, snapshot } = opened;
	await snapshot.query(`select ${Array.from({ length: 2000 }, (_, n) => `${n}`).join(",")}`);
	await snapshot.grid.focus();
	await press(page, "End");
	await snapshot.grid.getByRole("gridcell", { name: "1999", exact: true }).waitFor();
	expect(await snapshot.grid.getByRole("gridcell").count()).toBeLessThan(40);
	expect(await snapshot.grid.getAttribute("aria-colcount")).toBe("2001");
	await page.getByRole("button", { name: "Columns…" }).click();
	await page.getByText("1,800 more; find them by name").waitFor();
});

test.each<readonly [ThemeName, number]>([
	["dark", 1000],
	["light", 1000],
	["high-contrast", 1000],
	["dark", 400],
])("can be read in the theme %s, %i pixels wide", async (theme, width) => {
	const opened = await open({ theme, width });
	const { page } = opened;
	await opened.snapshot.choose("orders");
	await opened.snapshot.grid.focus();
	await press(page, "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight");
	const violations = await accessibilityViolations(page.mainFrame());
	await page.screenshot({ path: join(projectRoot, `.cache/page/grid-${theme}-${width}.png`) });
	await press(page, "Shift+F10");
	violations.push(...(await accessibilityViolations(page.mainFrame())));
	await page.screenshot({ path: join(projectRoot, `.cache/page/grid-${theme}-${width}-menu.png`) });
	await press(page, "Escape");
	await page.getByRole("button", { name: "Columns…" }).click();
	violations.push(...(await accessibilityViolations(page.mainFrame())));
	await page.screenshot({ path: join(projectRoot, `.cache/page/grid-${theme}-${width}-columns.png`) });
	expect(violations).toEqual([]);
});
