import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { cut, flipBit } from "../support/stores/damage";
import { buildStore } from "../support/stores/storeBuilder";
import type { Theme, Workbench } from "../support/window/workbench";
import { accessibilityViolations } from "./accessibility";
import { enterPath } from "./dialogs";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

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
		writeFileSync(join(generations, GENERATION, OLDER, "meta.json"), "{");
		return { folder: directory };
	});
	leavesUnchanged(() => join(window.directory, STORE));

	test("the command's message leads to the report, the verdict first", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await workbench.rows(FULL).waitFor();
		await workbench.runCommand("Snapshot Store: Verify snapshot store");
		await workbench.notifications("3 errors").getByRole("button", { name: "Show Report" }).click();
		// VS Code also tells the console of every message about an error.
		expect(workbench.takeProblems()).toEqual([expect.stringContaining(`${STORE}: 3 errors`)]);
		const frame = await reportPage(workbench);
		const verdict = frame.locator(".verdict");
		await verdict.getByText("Damaged", { exact: true }).waitFor();
		expect(await verdict.textContent()).toContain(`the newest of them is ${OLDER}.`);
		await workbench.rows(new RegExp(`^${OLDER}, .*restorable`)).waitFor();
		await workbench.screenshot("report");
	});

	test("looks well in every theme, and narrow", async () => {
		const { workbench } = window;
		const frame = await reportPage(workbench);
		const violations: string[] = [];
		const audit = async (name: string) => {
			await workbench.screenshot(`report-${name}`);
			violations.push(...(await accessibilityViolations(frame)).map((violation) => `${name}: ${violation}`));
		};
		for (const [name, theme] of THEMES) {
			await workbench.setTheme(theme);
			await audit(name);
		}
		await workbench.setTheme("Default Dark Modern");
		await frame.getByText("What this means").first().click();
		await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
		await workbench.page.setViewportSize({ width: 450, height: 800 });
		await audit("narrow");
		await frame.locator("finding-groups").scrollIntoViewIfNeeded();
		await workbench.screenshot("report-narrow-findings");
		await workbench.page.setViewportSize({ width: 1280, height: 800 });
		await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
		expect(violations).toEqual([]);
	});

	test("leads from a damaged bar to its finding and to the bytes, by the keyboard alone", async () => {
		const { workbench } = window;
		const { keyboard } = workbench.page;
		const frame = await reportPage(workbench);
		const focused = (target: Locator) => target.and(frame.locator(":focus"));
		await frame.getByRole("button", { name: "Export support bundle…" }).focus();
		await keyboard.press("Tab");
		await focused(frame.getByRole("button", { name: `Snapshot ${FULL}, full` })).waitFor();
		await keyboard.press("End");
		await focused(frame.getByRole("button", { name: `Snapshot ${NEWEST}, incremental` })).waitFor();
		await workbench.screenshot("report-keyboard");
		await keyboard.press("Enter");
		await focused(frame.getByRole("listitem").filter({ hasText: "cut in frame" })).waitFor();
		await keyboard.press("Tab");
		await focused(frame.getByRole("button", { name: /^Show the bytes at / })).waitFor();
		await keyboard.press("Enter");
		await workbench.activeTab.filter({ hasText: / @ \d+$/ }).waitFor();
	});

	test("where the bytes stand, they are marked, and what can be done stands above", async () => {
		const { workbench } = window;
		const lens = workbench.page.locator(".codelens-decoration").filter({ hasText: "Explain wal-torn-frame" });
		await lens.getByText(`Restore the last good snapshot, ${OLDER}, to a file…`).click();
		await workbench.page
			.locator(".quick-input-widget")
			.filter({ hasText: `Restore snapshot ${OLDER}` })
			.waitFor();
		await workbench.page.keyboard.press("Escape");
		await workbench.screenshot("bytes");
	});

	test("a text file that is damaged has quick fixes", async () => {
		const { workbench } = window;
		await workbench.showProblems();
		await workbench.problemRows.filter({ hasText: "meta-unreadable" }).first().dblclick();
		await workbench.activeTab.filter({ hasText: "meta.json" }).waitFor();
		const menu = workbench.page.locator(".action-widget");
		const explain = menu.getByText("Explain meta-unreadable");
		// Whoever asks before the editor has been told of the problem is told that there is no fix.
		for (let isOpen = false; !isOpen; ) {
			await workbench.page.locator(".part.editor .monaco-editor .view-lines").first().click();
			await workbench.page.keyboard.press("Control+.");
			isOpen = await explain.waitFor({ timeout: 3000 }).then(
				() => true,
				() => false,
			);
		}
		await workbench.screenshot("quick-fix");
		await menu.getByText(`Restore the last good snapshot, ${OLDER}, to a file…`).waitFor();
		// The menu keeps the mouse out at first.
		await workbench.page.keyboard.press("Enter");
		await workbench.page
			.locator(".quick-input-widget")
			.filter({ hasText: `Restore snapshot ${OLDER}` })
			.waitFor();
		await workbench.page.keyboard.press("Escape");
	});

	test("the Problems panel has each finding, its bytes, and a link to what it means", async () => {
		const { workbench } = window;
		const row = workbench.problemRows.filter({ hasText: "wal-torn-frame" }).first();
		await row.waitFor();
		await workbench.problemRows.filter({ hasText: "The bytes at " }).first().waitFor();
		await workbench.screenshot("problems-verified");
		await row.getByText("wal-torn-frame", { exact: true }).click();
		await workbench.activeTab.filter({ hasText: "wal-torn-frame" }).waitFor();
		const preview = await workbench.webview();
		await preview.getByRole("heading", { name: "What a node does at its next start" }).waitFor();
		await workbench.screenshot("explanation");
	});

	test("a snapshot alone is verified from its menu", async () => {
		const { workbench } = window;
		await workbench.chooseFromMenu(workbench.rows(new RegExp(`^${OLDER}, `)), "Verify");
		await workbench.notifications(`${OLDER} in `).filter({ hasText: ": 1 error" }).waitFor();
		expect(workbench.takeProblems()).toEqual([expect.stringContaining(": 1 error")]);
		await workbench.rows(new RegExp(`^${NEWEST}, .*restorable in part, up to ${OLDER}`)).waitFor();
	});

	test("a support bundle is saved where it is asked to", async () => {
		const { workbench } = window;
		const file = join(window.directory, "sample/node1/bundle.json");
		await workbench.runCommand("Snapshot Store: Export support bundle…");
		await enterPath(workbench, "Export support bundle", file);
		await workbench.notified(`The support bundle is in ${file}.`);
		expect(JSON.parse(readFileSync(file, "utf8")).findings.length).toBeGreaterThan(0);
	});
});

describe("a sound store of many generations, verified in the background", () => {
	const window = useWorkbench((directory) => {
		buildStore(join(directory, "store"), (store) => {
			store.database.run("create table t(a)");
			for (let generation = 0; generation < 60; generation++) {
				store.database.run(`insert into t values(zeroblob(${generation * 400}))`);
				store.full();
				for (let more = 0; more < generation % 7; more++) {
					store.database.run(`insert into t values(zeroblob(${more * 3000}))`);
					store.incremental();
				}
			}
		});
		return { folder: directory, settings: { "snapshotStore.verify.inBackground": "quick" } };
	});

	test("is called sound, and drawn in part first", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await workbench.runCommand("Snapshot Store: Verify snapshot store");
		await workbench.notifications(": sound").getByRole("button", { name: "Show Report" }).click();
		const frame = await reportPage(workbench);
		await frame.getByText("There is nothing to do.").waitFor();
		await frame.getByRole("heading", { name: /^0000000060/ }).waitFor();
		expect(await frame.getByRole("heading", { level: 3 }).count()).toBe(50);
		await workbench.screenshot("report-sound");
		expect(await accessibilityViolations(frame)).toEqual([]);
		await frame.getByRole("button", { name: "Show all 60 generations" }).click();
		await expect.poll(() => frame.getByRole("heading", { level: 3 }).count()).toBe(60);
		await frame
			.getByRole("button", { name: /^Snapshot .*: open it$/ })
			.first()
			.click();
		await workbench.activeTab.filter({ hasText: /^2-/ }).waitFor();
	});

	test("is marked once a file of it has changed, and verified anew by itself", async () => {
		const { workbench } = window;
		const wal = join(window.directory, "store/generations/0000000060");
		const [snapshot] = readdirSync(wal).filter((name) => existsSync(join(wal, name, "wal")));
		cut(join(wal, snapshot ?? "", "wal"), -100);
		await workbench.notified("store: 1 error");
		await workbench.screenshot("background");
		workbench.takeProblems();
	});
});
