import { describe, expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { type SnapshotPage, snapshotPage } from "../support/window/snapshotPage";
import { enter } from "./dialogs";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

const NEWEST = "5-9266-1794736700163";
const OLDER = "5-8230-1793812173895";
const FULL = "5-7204-1792900809470";

describe("Open snapshot as database", () => {
	const window = useWorkbench(async (directory) => ({
		folder: await copySample(directory),
		settings: { "explorer.compactFolders": false, "explorer.autoReveal": false },
	}));
	leavesUnchanged(() => window.directory);

	const opened = (id: string) => snapshotPage(window.workbench, id);

	test("by right-click in the tree, and a query is answered", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await workbench.chooseFromMenu(workbench.rows(NEWEST), "Open snapshot as database");
		const page = await opened(NEWEST);
		await page.query("select count(*) as n from reviews");
		expect(await page.rows()).toEqual([["4"]]);
		expect(await page.status.textContent()).toMatch(/^1 row · \d/);
		await workbench.screenshot("opened");
	});

	test("by Enter in the tree", async () => {
		const { workbench } = window;
		await workbench.tree.focus();
		for (const key of ["Home", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"])
			await workbench.page.keyboard.press(key);
		await opened(OLDER);
		expect(await workbench.tabs()).toEqual([NEWEST, OLDER]);
	});

	test("again reveals the panel that is open, with what it holds", async () => {
		const { workbench } = window;
		await workbench.rows(NEWEST).click();
		const page = await opened(NEWEST);
		expect(await workbench.tabs()).toEqual([NEWEST, OLDER]);
		expect(await page.text()).toBe("select count(*) as n from reviews");
		expect(await page.rows()).toEqual([["4"]]);
	});

	test("from the command palette, which asks, newest first", async () => {
		const { workbench } = window;
		await workbench.runCommand("Snapshot Store: Open snapshot as database");
		const choices = await workbench.choices();
		expect(choices.slice(0, 3)).toEqual([NEWEST, OLDER, FULL]);
		await workbench.tree.focus();
		await workbench.pick(FULL);
		const page = await opened(FULL);
		await page.choose("products");
		await page.grid.waitFor();
	});

	test("from the Explorer: a snapshot's directory, its files and its base", async () => {
		const { workbench } = window;
		await workbench.chooseFromMenu(workbench.rows(NEWEST), "Reveal");
		await workbench.viewIsShown("Explorer");
		await workbench.rows(OLDER).click();
		for (const [target, id] of [
			[NEWEST, NEWEST],
			["base.sqlite", FULL],
			["meta.json", OLDER],
			[NEWEST, NEWEST],
			["wal", OLDER],
		] as const) {
			await workbench.chooseFromMenu(workbench.rows(target), "Open snapshot as database");
			await opened(id);
		}
		expect(await workbench.tabs()).toEqual([NEWEST, FULL, OLDER]);
	});

	test("and it is back after the window has been reloaded, with its columns and the query that was written", async () => {
		const { workbench } = window;
		const before = await opened(OLDER);
		const columns = (page: SnapshotPage) => page.grid.getByRole("columnheader").allTextContents();
		await before.choose("customers");
		await before.grid.press("Alt+Shift+ArrowRight");
		expect((await columns(before)).slice(0, 3)).toEqual(["#", "name TEXT", "id INTEGER"]);
		await before.field.fill("select 'not run yet'");
		await workbench.reload();
		const page = await opened(OLDER);
		expect(await workbench.tabs()).toEqual([NEWEST, FULL, OLDER]);
		expect(await page.text()).toBe("select 'not run yet'");
		await page.choose("customers");
		expect((await columns(page)).slice(0, 3)).toEqual(["#", "name TEXT", "id INTEGER"]);
		await page.query("select count(*), max(id) from orders");
		expect(await page.rows()).toEqual([["108", "110"]]);
	});

	test("whose query can be run on another snapshot, and again from the history and by its name", async () => {
		const { workbench } = window;
		const sql = "select count(*), max(id) from orders";
		const button = (page: SnapshotPage, name: string) => page.frame.getByRole("button", { name, exact: true });
		const older = await opened(OLDER);
		await button(older, "Save…").click();
		await enter(workbench, "Save query", "orders");
		await button(older, "Other snapshot…").click();
		await workbench.pick(NEWEST);
		const page = await opened(NEWEST);
		await expect.poll(() => page.rows()).toEqual([["108", "110"]]);
		expect(await page.text()).toBe(sql);

		await page.query("select 'another'");
		await button(page, "History…").click();
		expect((await workbench.choices()).slice(0, 2)).toEqual(["select 'another'", sql]);
		await workbench.pick(sql);
		await expect.poll(() => page.text()).toBe(sql);
		await page.field.fill("");
		await button(page, "Saved…").click();
		await workbench.pick("orders");
		await expect.poll(() => page.text()).toBe(sql);
		await expect.poll(() => page.rows()).toEqual([["108", "110"]]);
	});
});
