import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { snapshotPage } from "../support/window/snapshotPage";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

const NEWEST = "5-9266-1794736700163";

const window = useWorkbench(async (directory) => ({ folder: await copySample(directory) }));
leavesUnchanged(() => window.directory);

/** Presses keys one after another, wherever the focus is. */
async function press(...keys: readonly string[]): Promise<void> {
	for (const key of keys) await window.workbench.page.keyboard.press(key);
}

/** Presses a key that moves the focus until it is there. */
async function pressUntil(key: string, focused: Locator): Promise<void> {
	for (let times = 0; times < 30; times++) {
		if ((await focused.count()) > 0) return;
		await press(key);
	}
	throw new Error(`${key} does not lead to ${focused}`);
}

test("a cell's whole value is reached from the activity bar without a mouse", async () => {
	const { workbench } = window;
	const activityBar = workbench.page.locator(".part.activitybar");

	await pressUntil("F6", activityBar.locator(":focus"));
	await pressUntil("ArrowDown", workbench.viewIcon("Snapshot Stores").and(activityBar.locator(":focus")));
	await press("Enter");
	await workbench.rows(NEWEST).waitFor();
	await pressUntil("F6", workbench.sideBar.locator(":focus"));
	await pressUntil("Tab", workbench.tree.and(workbench.page.locator(":focus")));
	await pressUntil("ArrowDown", workbench.rows(NEWEST).and(workbench.page.locator(".focused")));
	await press("Enter");

	const page = await snapshotPage(workbench, NEWEST);
	const hasFocus = (target: Locator) => target.and(page.frame.locator(":focus"));
	await pressUntil("Tab", hasFocus(page.tables));
	await pressUntil("ArrowDown", page.object("reviews").and(page.frame.locator(".active")));
	await press("Enter");
	await page.grid.waitFor();
	await pressUntil("Tab", hasFocus(page.grid));
	// VS Code leaves this key to the grid.
	await press("Control+a");
	await page.frame.getByText(/^\d+ cells · /).waitFor();
	expect(await page.frame.evaluate(() => String(getSelection()))).toBe("");
	await press("Escape", "ArrowDown", "ArrowDown", "ArrowDown", "End");
	await workbench.screenshot("keyboard-grid");
	await press("Enter");
	const value = page.frame.getByRole("group", { name: "Value" });
	await hasFocus(value).waitFor();
	expect(await value.textContent()).toBe("好喝！🍵");
	await press("Escape");
	await hasFocus(page.grid).waitFor();

	await pressUntil("Shift+Tab", hasFocus(page.field));
	// VS Code takes Control+a from a webview and answers later, which can be after the first letters.
	await press("Control+Home", "Control+Shift+End");
	await workbench.page.keyboard.type("select max(stars) from reviews");
	await press("Control+Enter");
	await page.status.filter({ hasText: /^1 row · / }).waitFor();
	expect(await page.rows()).toEqual([["5"]]);
});
