import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../support/projectRoot";
import { accessibilityViolations } from "./accessibility";
import { usePages } from "./usePages";

const { shared } = usePages(join(projectRoot, "dist/sample/node1/snapshots"));

test("runs what is selected, and everything where nothing is", async () => {
	const { page, snapshot } = await shared();
	await snapshot.query("select 1 as one");
	expect(await snapshot.rows()).toEqual([["1"]]);
	await snapshot.field.fill("select 2, 3");
	await page.keyboard.press("Home");
	for (let times = 0; times < "select 2".length; times++) await page.keyboard.press("Shift+ArrowRight");
	await page.keyboard.press("Control+Enter");
	await snapshot.grid.getByRole("gridcell", { name: "2", exact: true }).waitFor();
	expect(await snapshot.rows()).toEqual([["2"]]);
	expect(await snapshot.text()).toBe("select 2, 3");
});

test("takes text over a selection and several lines, and undoes it", async () => {
	const { page, snapshot } = await shared();
	await snapshot.field.fill("select 'a', 1 -- one");
	await page.keyboard.press("Control+a");
	await page.keyboard.type("select 2");
	expect(await snapshot.text()).toBe("select 2");
	await snapshot.field.fill("select 3,\n  'four'\n-- five");
	expect(await snapshot.text()).toBe("select 3,\n  'four'\n-- five");
	// What is written at one go is undone at one go: how far back that leads is a matter of time.
	await page.keyboard.press("Control+z");
	expect(await snapshot.text()).not.toContain("four");
	await page.keyboard.press("Control+y");
	expect(await snapshot.text()).toBe("select 3,\n  'four'\n-- five");
});

test("does not keep the keyboard: Tab leaves it in both directions", async () => {
	const { page, snapshot } = await shared();
	const hasFocus = (target: typeof snapshot.field) => target.and(page.locator(":focus")).count();
	await snapshot.field.fill("select 1");
	await page.keyboard.press("Tab");
	expect(await hasFocus(snapshot.field)).toBe(0);
	await page.keyboard.press("Shift+Tab");
	expect(await hasFocus(snapshot.field)).toBe(1);
	await page.keyboard.press("Shift+Tab");
	expect(await hasFocus(page.getByRole("tab", { name: "Rows and SQL" }))).toBe(1);
	expect(await snapshot.text()).toBe("select 1");
});

test("completes keywords, tables, columns and functions of the snapshot", async () => {
	const { page, snapshot } = await shared();
	const offered = page.getByRole("listbox", { name: "Completions" });
	const complete = async (typed: string, label: string) => {
		await page.keyboard.type(typed);
		await offered.getByRole("option", { name: label, exact: true }).click();
	};
	await snapshot.field.fill("");
	await complete("sel", "SELECT");
	await complete(" * from prod", "products table");
	await complete(" p where p.pri", "price_cents INTEGER");
	await page.keyboard.type(" > 0 and pri");
	await offered.getByRole("option", { name: "price_cents INTEGER", exact: true }).waitFor();
	await page.screenshot({ path: join(projectRoot, ".cache/page", "completion.png") });
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
	await page.keyboard.press("Escape");
	await complete("ce_cents > abs", "abs function");
	await page.keyboard.type("1)");
	expect(await snapshot.text()).toBe("SELECT * from products p where p.price_cents > 0 and price_cents > abs(1)");
	await page.keyboard.press("Control+Enter");
	await snapshot.grid.waitFor();
	expect(await offered.count()).toBe(0);
});
