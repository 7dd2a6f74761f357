import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { projectRoot } from "../support/projectRoot";
import { buildStore } from "../support/stores/storeBuilder";
import type { SnapshotPage } from "../support/window/snapshotPage";
import { accessibilityViolations } from "./accessibility";
import { usePages } from "./usePages";

const directory = mkdtempSync(join(tmpdir(), "table-browser-"));
afterAll(() => rmSync(directory, { recursive: true }));

buildStore(directory, (store) => {
	store.database.run(`
		create table million(n integer primary key);
		insert into million with recursive c(i) as (select 1 union all select i + 1 from c where i < 1000000) select i from c;
		create table author(id integer primary key, name text);
		insert into author values (1, 'Ada'), (2, 'Grace'), (3, 'Ärmel');
		create table book(title text, by references author, pages);
		insert into book with recursive c(i) as (select 1 union all select i + 1 from c where i < 300)
			select 'Book ' || i, nullif(i % 4, 0), i * 10 from c;
		create view long_books as select * from book where pages > 2000;
	`);
	store.full();
});
const pages = usePages(directory);

/** Numbers of the rows that are drawn, the first and the last, and how many elements they have. */
async function drawn(snapshot: SnapshotPage): Promise<{ first: string; last: string; count: number }> {
	const numbers = await snapshot.grid.locator(".window [role=rowheader]").allTextContents();
	return { first: numbers[0] ?? "", last: numbers.at(-1) ?? "", count: numbers.length };
}

const cell = (snapshot: SnapshotPage, name: string) => snapshot.grid.getByRole("gridcell", { name, exact: true });
const status = (snapshot: SnapshotPage, text: string) => snapshot.status.filter({ hasText: text }).waitFor();

describe("a table of a million rows", () => {
	test("shows its last rows at once, and any in between", async () => {
		const { snapshot, page } = await pages.open();
		await snapshot.choose("million");
		await status(snapshot, "1,000,000 rows");
		await snapshot.grid.press("Control+End");
		await cell(snapshot, "1000000").waitFor();
		expect(await drawn(snapshot)).toMatchObject({ last: "1,000,000" });
		await scrollTo(page, 0.5);
		await expect
			.poll(async () => Math.round(Number((await drawn(snapshot)).first.replaceAll(",", "")) / 10_000))
			.toBe(50);
		await snapshot.settled();
		const { first } = await drawn(snapshot);
		expect((await snapshot.rows())[0]).toEqual([first.replaceAll(",", "")]);
		await snapshot.grid.press("Control+Home");
		await cell(snapshot, "1").waitFor();
	});

	test("never has more than 300 rows in the document, however it is scrolled", async () => {
		const { snapshot, page } = await pages.open();
		await snapshot.choose("million");
		await status(snapshot, "1,000,000 rows");
		let most = 0;
		for (let at = 0; at <= 1; at += 1 / 64) {
			await scrollTo(page, at);
			most = Math.max(most, (await drawn(snapshot)).count);
		}
		expect(most).toBeGreaterThan(10);
		expect(most).toBeLessThanOrEqual(300);
		await cell(snapshot, "1000000").waitFor();
	});

	test("goes row by row and wheel by wheel where the scroll bar's way is drawn together", async () => {
		const { snapshot, page } = await pages.open();
		await snapshot.choose("million");
		await status(snapshot, "1,000,000 rows");
		await scrollTo(page, 0.5);
		await snapshot.settled();
		const before = await topRow(page);
		const kept = await snapshot.grid.locator(".window [role=row]").nth(20).elementHandle();
		const text = await kept?.textContent();
		await snapshot.grid.hover();
		await page.mouse.wheel(0, 260);
		await expect.poll(async () => (await topRow(page)) - before).toBe(10);
		expect([await kept?.textContent(), await kept?.evaluate((row) => row.isConnected)]).toEqual([text, true]);
	});
});

describe("filters and order", () => {
	test("are made with the keyboard, said, taken away, and shown as SQL", async () => {
		const { snapshot, page } = await pages.open();
		await snapshot.choose("book");
		await status(snapshot, "300 rows");
		await snapshot.grid.press("ArrowRight");
		await snapshot.grid.press("ArrowRight");
		await page.getByRole("button", { name: "By pages, descending" }).press("Enter");
		await cell(snapshot, "Book 300").waitFor();
		expect((await snapshot.rows())[0]).toEqual(["Book 300", "NULL", "3000"]);
		expect(await snapshot.grid.getByRole("columnheader", { name: "pages" }).getAttribute("aria-sort")).toBe(
			"descending",
		);

		await page.getByRole("button", { name: "Filter…" }).press("Enter");
		await page.getByLabel("Column").selectOption("title");
		await page.getByLabel("Text").fill("book 2");
		await page.getByLabel("Text").press("Enter");
		await status(snapshot, "111 rows");
		expect(await page.getByRole("list", { name: "Filters and order" }).getByRole("listitem").allInnerTexts()).toEqual([
			"title contains “book 2”\n×",
			"By pages, descending\n×",
		]);
		expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
		await page.screenshot({ path: join(projectRoot, ".cache/page/browse.png") });

		await page.getByRole("button", { name: "Show as SQL" }).click();
		expect(await snapshot.text()).toBe(
			`SELECT * FROM "book"\nWHERE instr(lower("title"), 'book 2') > 0\nORDER BY "pages" DESC`,
		);
		await page.getByRole("button", { name: "Remove: title contains “book 2”" }).click();
		await status(snapshot, "300 rows");
	});

	test("are in the menu on a cell and on a header", async () => {
		const { snapshot, page } = await pages.open();
		await snapshot.choose("book");
		await status(snapshot, "300 rows");
		const menu = page.getByRole("menu", { name: "Cells" });
		const item = (name: string) => menu.getByRole("menuitem", { name, exact: true });
		const offered = async () =>
			(await menu.getByRole("menuitem").allInnerTexts()).filter((text) => /sort|filter|follow/i.test(text));
		const pagesHeader = snapshot.grid.getByRole("columnheader", { name: "pages" });

		await pagesHeader.click({ button: "right" });
		expect(await offered()).toEqual(["Sort ascending", "Sort descending", "Filter…"]);
		await item("Sort descending").click();
		await cell(snapshot, "Book 300").waitFor();
		expect(await pagesHeader.getAttribute("aria-sort")).toBe("descending");
		expect(await snapshot.grid.and(page.locator(":focus")).count()).toBe(1);

		await cell(snapshot, "3").first().click({ button: "right" });
		await item("Filter by this value").click();
		await status(snapshot, "75 rows");
		await snapshot.grid.press("Shift+F10");
		expect(await offered()).toEqual([
			"Sort ascending",
			"Sort descending",
			"Filter by this value",
			"Filter…",
			expect.stringMatching(/^Follow to author\s+Ctrl\+Enter$/),
		]);
		expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
		await page.screenshot({ path: join(projectRoot, ".cache/page/browse-menu.png") });
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Remove: by = 3" }).click();
		await pagesHeader.click({ button: "right" });
		await item("Remove sort").click();
		await cell(snapshot, "Book 1").waitFor();
		expect(await pagesHeader.getAttribute("aria-sort")).toBeNull();

		await cell(snapshot, "NULL").first().click({ button: "right" });
		await item("Filter by this value").click();
		await page.getByRole("button", { name: "Remove: by is NULL" }).waitFor();
		await status(snapshot, "75 rows");
		await page.getByRole("button", { name: "Remove: by is NULL" }).click();
		await cell(snapshot, "1").first().click({ button: "right" });
		await item("Follow to author").click();
		await cell(snapshot, "Ada").waitFor();

		await snapshot.query("select 1 as pages");
		await cell(snapshot, "1").click({ button: "right" });
		await item("Select row").waitFor();
		expect(await offered()).toEqual([]);
	});

	test("a regular expression that is none is refused where it is typed", async () => {
		const { snapshot, page } = await pages.open();
		await snapshot.choose("author");
		await page.getByRole("button", { name: "Filter…" }).click();
		await page.getByLabel("Condition").selectOption("matches a regular expression");
		await page.getByLabel("Column").selectOption("name");
		await page.getByLabel("Regular expression").fill("(");
		await page.getByLabel("Regular expression").press("Enter");
		expect(await page.locator("filter-dialog").getByRole("alert").textContent()).toContain(
			"Invalid regular expression",
		);
		await page.getByLabel("Regular expression").fill("^ä");
		await page.getByLabel("Regular expression").press("Enter");
		await status(snapshot, "1 row");
		await cell(snapshot, "Ärmel").waitFor();
	});

	test("hold for a view, which is queried", async () => {
		const { snapshot, page } = await pages.open();
		await snapshot.choose("long_books");
		await status(snapshot, "100 rows");
		await page.getByRole("button", { name: "By title, descending" }).click();
		await expect.poll(async () => (await snapshot.rows())[0]).toEqual(["Book 300", "NULL", "3000"]);
	});
});

test("a foreign key is followed and left again, to the row that it was in", async () => {
	const { snapshot, page } = await pages.open();
	await snapshot.choose("book");
	await status(snapshot, "300 rows");
	await snapshot.grid.press("Control+End");
	await cell(snapshot, "Book 300").waitFor();
	await snapshot.grid.press("ArrowUp");
	await snapshot.grid.press("ArrowLeft");
	await page.getByRole("button", { name: "Follow to author" }).waitFor();
	await snapshot.grid.press("Control+Enter");
	await status(snapshot, "1 row");
	await cell(snapshot, "Ärmel").waitFor();
	expect(await page.getByRole("list", { name: "Filters and order" }).innerText()).toContain("id = 3");
	expect(await snapshot.tables.getByRole("option", { selected: true }).innerText()).toContain("author");
	await page.keyboard.press("Alt+ArrowUp");
	await cell(snapshot, "Book 299").waitFor();
	expect(await snapshot.grid.locator(".active").innerText()).toBe("3");
	await page.keyboard.press("Alt+ArrowDown");
	await cell(snapshot, "Ärmel").waitFor();
});

/** Puts the scroll bar at a share of its way. */
async function scrollTo(page: Page, share: number): Promise<void> {
	await page.locator("result-grid [role=grid]").evaluate(async (grid, at) => {
		grid.scrollTop = at * (grid.scrollHeight - grid.clientHeight);
		await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
	}, share);
}

/** Number of the row below the header. */
function topRow(page: Page): Promise<number> {
	return page.locator("result-grid [role=grid]").evaluate((grid) => {
		const header = grid.querySelector(".header")!.getBoundingClientRect();
		const rows = [...grid.querySelectorAll(".window [role=row]")];
		const row = rows.find((element) => element.getBoundingClientRect().bottom > header.bottom + 1);
		return Number(row?.querySelector("[role=rowheader]")?.textContent?.replaceAll(",", ""));
	});
}
