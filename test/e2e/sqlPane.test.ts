import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ThemeName } from "../support/page/themes";
import { projectRoot } from "../support/projectRoot";
import { accessibilityViolations } from "./accessibility";
import { usePages } from "./usePages";

const { open, shared } = usePages(join(projectRoot, "dist/sample/node1/snapshots"));

/** Of the results, beside those of the views. */
const tabsOf = (page: Page) => page.getByRole("tablist", { name: "Results of the statements" }).getByRole("tab");

test("several statements have a tab each, with its own rows and status", async () => {
	const { page, snapshot } = await shared();
	await snapshot.query("select 1 as a;\nselect id from products -- all\n; select 2 as b, 3 as c");
	const tabs = tabsOf(page);
	expect(await tabs.allInnerTexts()).toEqual([
		"1 select 1 as a",
		"2 select id from products",
		"3 select 2 as b, 3 as c",
	]);
	expect(await snapshot.rows()).toEqual([["2", "3"]]);
	await tabs.nth(2).press("ArrowLeft");
	await tabs.nth(1).and(page.locator(":focus")).waitFor();
	await snapshot.status.filter({ hasText: /^18 rows · / }).waitFor();
	const panel = page.getByRole("tabpanel", { name: "2 select id from products" });
	expect(await panel.getAttribute("id")).toBe(await tabs.nth(1).getAttribute("aria-controls"));
	// What is drawn in the panel is its slot's.
	expect(
		await panel.locator("slot").evaluate((slot) => (slot as HTMLSlotElement).assignedElements().length),
	).toBeGreaterThan(0);
	await page.keyboard.press("Home");
	await snapshot.grid.getByRole("gridcell", { name: "1", exact: true }).waitFor();
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
	await snapshot.query("select 4");
	expect(await tabs.count()).toBe(0);
});

test("the first error stops, and its place is marked and led to", async () => {
	const { page, snapshot } = await shared();
	await snapshot.query("select 1;\nselect id, wrong from products;\nselect 3");
	expect(await tabsOf(page).count()).toBe(2);
	expect(await snapshot.alert.textContent()).toBe("no such column: wrong");
	await page.getByRole("button", { name: "Go to line 2, column 12" }).press("Enter");
	await page.keyboard.press("Shift+End");
	await page.keyboard.type("name from products;");
	await page.keyboard.press("Control+Enter");
	await tabsOf(page).nth(2).waitFor();
	expect(await page.locator(".cm-sqlFault").count()).toBe(0);
	await tabsOf(page).nth(1).click();
	await snapshot.status.filter({ hasText: /^18 rows · / }).waitFor();
});

test("parameters have fields, whose values are checked and remembered", async () => {
	const { page, snapshot } = await shared();
	const sql = "select typeof(:n), :n + 1, typeof(?), ?2 is :n, x'00ff' = @b";
	await snapshot.field.fill(sql);
	const fields = page.getByRole("group", { name: "Parameters" });
	await fields.getByLabel("Type of :n").selectOption("integer");
	await fields.getByLabel(":n", { exact: true }).fill("9007199254740993x");
	await fields.getByText("An integer of 64 bits is needed.").waitFor();
	await page.keyboard.press("Control+Enter");
	expect(await snapshot.alert.textContent()).toBe(":n: An integer of 64 bits is needed.");
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
	await fields.getByLabel(":n", { exact: true }).fill("9007199254740993");
	await fields.getByLabel("Type of ? 1").selectOption("null");
	await fields.getByLabel("Type of @b").selectOption("blob");
	await fields.getByLabel("@b", { exact: true }).fill("00 FF");
	await page.keyboard.press("Control+Enter");
	await snapshot.grid.waitFor();
	expect(await snapshot.rows()).toEqual([["integer", "9007199254740994", "null", "0", "1"]]);
	await snapshot.query("select 1");
	expect(await fields.count()).toBe(0);
	await snapshot.query("select :n");
	expect(await snapshot.rows()).toEqual([["9007199254740993"]]);
});

test("a cancelled statement stops the rest, and what was there stays", async () => {
	const { page, snapshot } = await shared();
	await snapshot.field.fill(
		"select 1; with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n; select 3",
	);
	await page.keyboard.press("Control+Enter");
	await tabsOf(page).nth(1).waitFor();
	await page.keyboard.press("Escape");
	await snapshot.status.filter({ hasText: /^Cancelled · / }).waitFor();
	expect(await tabsOf(page).count()).toBe(2);
	await tabsOf(page).first().click();
	expect(await snapshot.rows()).toEqual([["1"]]);
});

test.each<ThemeName>(["dark", "light", "high-contrast"])(
	"SQL and its plan, a tree under the keyboard, can be read in the theme %s",
	async (theme) => {
		const { page, snapshot } = await open({ theme });
		await snapshot.field.fill(
			"select 'text', \"id\", 1.5, null from orders -- all\nwhere id = :value /* one */ union select 1, *, 2, 3 from (select id from orders o) order by 2",
		);
		await page.keyboard.press("Control+Shift+Enter");
		const steps = page.getByRole("treeitem");
		await steps.first().waitFor();
		expect((await steps.allInnerTexts()).filter((text) => /SCAN|SEARCH/.test(text)).map((text) => text.trim())).toEqual(
			["SEARCH orders USING INTEGER PRIMARY KEY (rowid=?)", "SCAN o · reads row by row"],
		);
		await page.screenshot({ path: join(projectRoot, ".cache/page", `plan-${theme}.png`) });
		expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
		const count = await steps.count();
		await steps.first().focus();
		await page.keyboard.press("ArrowLeft");
		await expect.poll(() => steps.count()).toBeLessThan(count);
		await page.keyboard.press("ArrowRight");
		await page.keyboard.press("ArrowRight");
		await steps.nth(1).and(page.locator(":focus")).waitFor();
	},
);

test("SQL is laid out; where it cannot be, it stays as it is", async () => {
	const { page, snapshot } = await shared();
	await snapshot.field.fill("select id,name from products where id=? -- one\n");
	await page.keyboard.press("Shift+Alt+F");
	await expect.poll(() => snapshot.text()).toBe("select\n  id,\n  name\nfrom\n  products\nwhere\n  id = ? -- one");
	await snapshot.field.fill("select 'open");
	await page.keyboard.press("Shift+Alt+F");
	await snapshot.alert.filter({ hasText: "cannot be laid out" }).waitFor();
	expect(await snapshot.text()).toBe("select 'open");
});

test("what runs is remembered, and what was kept is put in its place", async () => {
	const { page, snapshot, calls } = await open({ chosen: "select 'kept'" });
	await snapshot.choose("products");
	expect(calls).toEqual([]);
	await snapshot.query("select 1");
	await page.getByRole("button", { name: "Save…" }).press("Enter");
	await expect.poll(() => calls).toEqual(["remember select 1", "save select 1"]);
	await page.getByRole("button", { name: "History…" }).press("Enter");
	await expect.poll(() => snapshot.text()).toBe("select 'kept'");
	expect(await snapshot.rows()).toEqual([["1"]]);
	await page.getByRole("button", { name: "Saved…" }).press("Enter");
	await snapshot.grid.getByRole("gridcell", { name: "kept", exact: true }).waitFor();
	expect(calls.slice(2)).toEqual(["remember select 'kept'"]);
});

test("a query goes to another page with what was entered for its parameters, and runs there", async () => {
	const { page, snapshot, calls } = await open();
	await snapshot.field.fill("select :n + 1 as more");
	await page.getByLabel("Type of :n").selectOption("integer");
	await page.getByLabel(":n", { exact: true }).fill("41");
	await page.getByRole("button", { name: "Other snapshot…" }).press("Enter");
	const query = { sql: "select :n + 1 as more", parameters: { ":n": { type: "integer", text: "41" } } } as const;
	await expect.poll(() => calls).toEqual([`elsewhere ${JSON.stringify(query)}`]);
	const other = await open();
	other.runQuery(query);
	await other.snapshot.grid.waitFor();
	expect(await other.snapshot.rows()).toEqual([["42"]]);
});
