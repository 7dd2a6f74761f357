import { join } from "node:path";
import type { Frame } from "playwright-core";
import { describe, expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { cut, flipBit } from "../support/stores/damage";
import { accessibilityViolations } from "./accessibility";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";
import type { Theme, Workbench } from "./workbench";

const GENERATION = "0000000003";
const NEWEST = "5-9266-1794736700163";
const OLDER = "5-8230-1793812173895";
const FULL = "5-7204-1792900809470";
const STORE = "sample/node1/snapshots";

const THEMES: readonly (readonly [string, Theme])[] = [
	["dark", "Default Dark Modern"],
	["light", "Default Light Modern"],
	["high-contrast-dark", "Default High Contrast"],
	["high-contrast-light", "Default High Contrast Light"],
];

/** The report that stands in front, once it has something to tell. */
async function reportPage(workbench: Workbench): Promise<Frame> {
	await workbench.activeTab.filter({ hasText: /^Verification of / }).waitFor();
	const frame = await workbench.webview();
	await frame.locator(".verdict").waitFor();
	return frame;
}

describe("a damaged store", () => {
	const window = useWorkbench(async (directory) => {
		await copySample(directory);
		const generations = join(directory, STORE, "generations");
		cut(join(generations, GENERATION, NEWEST, "wal"), -1000);
		flipBit(join(generations, "0000000001", "base.sqlite"), 3);
		return { folder: directory };
	});
	leavesUnchanged(() => window.directory);

	test("the command's message leads to the report, the verdict first", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await workbench.rows(FULL).waitFor();
		await workbench.runCommand("Snapshot Store: Verify snapshot store");
		await workbench.notifications("2 errors").getByRole("button", { name: "Show Report" }).click();
		// VS Code also tells the console of every message about an error.
		expect(workbench.takeProblems()).toEqual([expect.stringContaining(`${STORE}: 2 errors`)]);
		const frame = await reportPage(workbench);
		const verdict = frame.locator(".verdict");
		await verdict.getByText("Damaged", { exact: true }).waitFor();
		expect(await verdict.textContent()).toContain(`the newest of them is ${OLDER}.`);
		await workbench.rows(new RegExp(`^${OLDER}, .*restorable`)).waitFor();
		await workbench.screenshot("report");
	});

	test("looks well in every theme", async () => {
		const { workbench } = window;
		const frame = await reportPage(workbench);
		const violations: string[] = [];
		for (const [name, theme] of THEMES) {
			await workbench.setTheme(theme);
			await workbench.screenshot(`report-${name}`);
			violations.push(...(await accessibilityViolations(frame)).map((violation) => `${name}: ${violation}`));
		}
		expect(violations).toEqual([]);
	});
});
