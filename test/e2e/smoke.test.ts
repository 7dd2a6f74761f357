import { describe, expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { snapshotPage } from "../support/window/snapshotPage";
import { accessibilityViolations } from "./accessibility";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

// What matters most, in a VS Code in which not everything is looked at.

const NEWEST = "5-9266-1794736700163";
const COUNT = "select count(*) as n from reviews";

describe("a trusted window", () => {
	const window = useWorkbench(async (directory) => ({ folder: await copySample(directory) }));
	leavesUnchanged(() => window.directory);

	test("shows the store, opens a snapshot, answers a query", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await workbench.chooseFromMenu(workbench.rows(NEWEST), "Open snapshot as database");
		const page = await snapshotPage(workbench, NEWEST);
		await page.query(COUNT);
		expect(await page.rows()).toEqual([["4"]]);
		expect(await accessibilityViolations(page.frame)).toEqual([]);
		await workbench.screenshot("smoke-page");
	});

	test("is back with its page after a reload", async () => {
		const { workbench } = window;
		await workbench.reload();
		const page = await snapshotPage(workbench, NEWEST);
		await page.query(COUNT);
		expect(await page.rows()).toEqual([["4"]]);
	});

	test("verifies the store, and shows the report", async () => {
		const { workbench } = window;
		await workbench.runCommand("Snapshot Store: Verify snapshot store");
		await workbench.notified(/: sound$/);
		await workbench.runCommand("Snapshot Store: Show verification report");
		const report = await workbench.webview();
		await report.getByRole("heading").first().waitFor();
		expect(await accessibilityViolations(report)).toEqual([]);
		await workbench.screenshot("smoke-report");
	});

	test("follows a light and a high-contrast theme", async () => {
		const { workbench } = window;
		for (const theme of ["Default Light Modern", "Default High Contrast"] as const) {
			await workbench.setTheme(theme);
			expect(await accessibilityViolations(await workbench.webview())).toEqual([]);
			await workbench.screenshot(`smoke-${theme.toLowerCase().replaceAll(" ", "-")}`);
		}
	});
});

describe("a window in Restricted Mode", () => {
	const window = useWorkbench(async (directory) => ({ folder: await copySample(directory), trusted: false }));
	leavesUnchanged(() => window.directory);

	test("opens a snapshot and answers a query", async () => {
		const { workbench } = window;
		await workbench.page.locator(".statusbar").getByText("Restricted Mode").waitFor();
		await workbench.openView("Snapshot Stores");
		await workbench.rows(NEWEST).click();
		const page = await snapshotPage(workbench, NEWEST);
		await page.query(COUNT);
		expect(await page.rows()).toEqual([["4"]]);
		await workbench.screenshot("smoke-restricted");
	});
});
