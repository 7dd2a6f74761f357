import { join } from "node:path";
import { expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { cut } from "../support/stores/damage";
import { type SnapshotPage, snapshotPage } from "../support/window/snapshotPage";
import type { Theme } from "../support/window/workbench";
import { accessibilityViolations } from "./accessibility";
import { useWorkbench } from "./useWorkbench";

const NEWEST = "5-9266-1794736700163";
const FULL = "5-7204-1792900809470";

const window = useWorkbench(async (directory) => ({ folder: await copySample(directory) }));

const THEMES: readonly (readonly [string, Theme])[] = [
	["dark", "Default Dark Modern"],
	["light", "Default Light Modern"],
	["high-contrast-dark", "Default High Contrast"],
	["high-contrast-light", "Default High Contrast Light"],
];

/** In every theme: a picture to look at, and nothing for axe to find. */
async function look(page: SnapshotPage, state: string): Promise<void> {
	const violations: string[] = [];
	for (const [name, theme] of THEMES) {
		await window.workbench.setTheme(theme);
		await window.workbench.screenshot(`${state}-${name}`);
		violations.push(...(await accessibilityViolations(page.frame)).map((violation) => `${name}: ${violation}`));
	}
	expect(violations).toEqual([]);
}

test("rows of a table", async () => {
	const { workbench } = window;
	await workbench.openView("Snapshot Stores");
	await workbench.rows(NEWEST).click();
	const page = await snapshotPage(workbench, NEWEST);
	await page.choose("products");
	await page.grid.waitFor();
	await look(page, "rows");
});

test("what the answers stand on, beside a cell's whole value", async () => {
	const page = await snapshotPage(window.workbench, NEWEST);
	await page.summary.click();
	await page.grid.getByRole("gridcell").nth(2).dblclick();
	await page.frame.getByRole("group", { name: "Value" }).waitFor();
	await look(page, "cell");
});

test("what Raft knew", async () => {
	const page = await snapshotPage(window.workbench, NEWEST);
	await page.summary.click();
	await page.raft.click();
	await page.frame.getByRole("region", { name: "Raft" }).getByRole("button").first().focus();
	await look(page, "raft");
});

test("an error", async () => {
	const page = await snapshotPage(window.workbench, NEWEST);
	await page.raft.click();
	await page.query("select nothing from nowhere");
	await look(page, "error");
});

test("a definition", async () => {
	const page = await snapshotPage(window.workbench, NEWEST);
	await page.tables.getByRole("group", { name: "Indexes" }).getByRole("option").first().click();
	await page.frame.getByRole("group", { name: "Definition" }).waitFor();
	await look(page, "definition");
});

test("a panel that is narrow", async () => {
	const { workbench } = window;
	const page = await snapshotPage(workbench, NEWEST);
	await page.choose("orders");
	await workbench.page.setViewportSize({ width: 760, height: 800 });
	await page.grid.waitFor();
	await look(page, "narrow");
	await page.raft.click();
	await look(page, "narrow-raft");
	await page.raft.click();
	await workbench.page.setViewportSize({ width: 1280, height: 800 });
});

test("a damaged store, verified", async () => {
	const { workbench } = window;
	cut(join(window.directory, "sample/node1/snapshots/generations/0000000003", NEWEST, "wal"), -1000);
	await workbench.rows(FULL).waitFor();
	await workbench.runCommand("Snapshot Store: Verify snapshot store");
	await workbench.notifications("1 error").getByRole("button", { name: "Show Problems" }).click();
	await workbench.problemRows.filter({ hasText: "wal-torn-frame" }).waitFor();
	// VS Code also tells the console of every message about an error.
	expect(workbench.takeProblems()).toEqual([expect.stringContaining("sample/node1/snapshots: 1 error")]);
	const page = await snapshotPage(workbench, NEWEST);
	await page.notices.getByRole("button", { name: "Read again" }).click();
	await page.notices.getByRole("button", { name: "Open up to the last sound commit" }).waitFor();
	await look(page, "damaged");
	await page.notices.getByRole("button", { name: "Open up to the last sound commit" }).click();
	await page.tables.waitFor();
	await look(page, "partial");
});
