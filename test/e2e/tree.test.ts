import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { flipBit } from "../support/stores/damage";
import { snapshotPage } from "../support/window/snapshotPage";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

const GENERATION = "0000000003";
const SNAPSHOTS = ["5-9266-1794736700163", "5-8230-1793812173895", "5-7204-1792900809470"] as const;
const [NEWEST, OLDER, FULL] = SNAPSHOTS;

describe("several stores, one of them damaged", () => {
	const window = useWorkbench(async (directory) => {
		const folder = join(directory, "stores");
		await copySample(join(folder, "a"));
		await copySample(join(folder, "b"));
		const generation = join(folder, "b/sample/node1/snapshots/generations", GENERATION);
		rmSync(join(generation, OLDER, "meta.json"));
		flipBit(join(generation, NEWEST, "wal"), 5000);
		writeFileSync(join(generation, "note.txt"), "");
		return { folder };
	});
	leavesUnchanged(() => window.directory);

	test("are listed by path, each opened when asked", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await expect.poll(() => workbench.outline()).toEqual(["a/sample/node1/snapshots", "b/sample/node1/snapshots"]);
		await workbench.expand(workbench.rows(/^a\//));
		await expect
			.poll(() => workbench.outline())
			.toEqual([
				"a/sample/node1/snapshots",
				"  0000000003",
				...SNAPSHOTS.map((id) => `    ${id}`),
				"  0000000002",
				"  0000000001",
				"b/sample/node1/snapshots",
			]);
		await workbench.rows(/^a\/sample\/node1\/snapshots, 12 snapshots/).waitFor();
		await workbench.rows(new RegExp(`^${GENERATION}, current · 3 snapshots`)).waitFor();
		await workbench.rows(new RegExp(`^${NEWEST}, newest · incremental · 5/9266 · `)).waitFor();
		await workbench.rows(new RegExp(`^${FULL}, full · 5/7204 · `)).waitFor();
		await workbench.collapse(workbench.rows(/^a\//));
	});

	test("findings stand below what they are about", async () => {
		const { workbench } = window;
		await workbench.expand(workbench.rows(/^b\//));
		await workbench.expand(workbench.rows(new RegExp(`^${OLDER}, `)));
		await workbench.rows(/meta\.json/).waitFor();
		await workbench.rows(/note\.txt/).waitFor();
		await workbench.rows(new RegExp(`^${OLDER}, damaged · incremental · `)).waitFor();
		await workbench.screenshot("findings");
	});

	test("Verify snapshot store asks which; a sound one is called sound", async () => {
		const { workbench } = window;
		await workbench.runCommand("Snapshot Store: Verify snapshot store");
		await workbench.pick("stores/a/sample/node1/snapshots");
		await workbench.notifications("stores/a/sample/node1/snapshots: sound").waitFor();
	});

	test("Verify snapshot store on the damaged one fills the Problems panel", async () => {
		const { workbench } = window;
		await workbench.chooseFromMenu(workbench.rows(/^b\//), "Verify snapshot store");
		await workbench.rows(new RegExp(`^${NEWEST}, newest · damaged · `)).waitFor();
		await workbench.showProblems();
		for (const code of ["meta-missing", "wal-checksum-mismatch", "stray-entry"]) {
			await workbench.problemRows.filter({ hasText: code }).first().waitFor();
		}
		await workbench.screenshot("problems");
		// VS Code also tells the console of every message about an error.
		expect(workbench.takeProblems()).toEqual([expect.stringContaining("stores/b/sample/node1/snapshots: ")]);
	});
});

describe("Restricted Mode", () => {
	const window = useWorkbench(async (directory) => {
		await copySample(join(directory, "store"));
		return { folder: join(directory, "store"), trusted: false };
	});

	test("a snapshot is browsed and queried", async () => {
		const { workbench } = window;
		await workbench.page.locator(".statusbar").getByText("Restricted Mode").waitFor();
		await workbench.openView("Snapshot Stores");
		await workbench.rows(NEWEST).click();
		const page = await snapshotPage(workbench, NEWEST);
		await page.choose("reviews");
		expect(await page.rows()).toHaveLength(4);
	});

	test.each([
		["a folder without a store", "empty", "No snapshot store was found"],
		["a window without a folder", undefined, "Open the folder that holds one"],
	])("%s is welcomed, and can try the sample", async (_, folder, words) => {
		const { workbench } = window;
		await workbench.openFolder(folder === undefined ? undefined : temporary(window.directory, folder));
		await workbench.openView("Snapshot Stores");
		await workbench.sideBar.getByText(words).waitFor();
		await workbench.screenshot(`welcome-${folder ?? "no-folder"}`);
		await workbench.sideBar.getByRole("button", { name: "Try the Sample" }).click();
		await workbench.expand(workbench.rows("node1/snapshots"));
		await workbench.rows(NEWEST).click();
		const page = await snapshotPage(workbench, NEWEST);
		await page.query("select count(*) from products");
		expect(await page.rows()).toEqual([["18"]]);
		await workbench.chooseFromMenu(workbench.rows("node1/snapshots"), "Close the sample");
		await workbench.sideBar.getByText(words).waitFor();
	});
});

function temporary(parent: string, name: string): string {
	const directory = join(parent, name);
	mkdirSync(directory);
	return directory;
}
