import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildDataDirectory, CLUSTER } from "../support/stores/dataDirectory";
import { snapshotPage } from "../support/window/snapshotPage";
import { accessibilityViolations } from "./accessibility";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

const ROWS = "select a from t order by a";

describe("a cluster of three nodes", () => {
	const window = useWorkbench(async (directory) => {
		const folder = join(directory, "cluster");
		buildDataDirectory(join(folder, "node1"), { store: "snapshots", servers: CLUSTER });
		cpSync(join(folder, "node1"), join(folder, "node2"), { recursive: true });
		buildDataDirectory(join(folder, "node3"));
		return { folder };
	});
	leavesUnchanged(() => window.directory);

	test("stands node by node, each with its live database beside its snapshots", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await expect.poll(() => workbench.outline()).toEqual(["node1/snapshots", "node2/snapshots", "node3"]);
		for (const name of [/^node1/, /^node2/, /^node3/]) await workbench.expand(workbench.rows(name));
		await expect
			.poll(async () => (await workbench.outline()).map((line) => line.replace(/\d+-(\d+)-\d+$/, "…$1")))
			.toEqual([
				"node1/snapshots",
				"  Live database",
				"  0000000001",
				"    …10",
				"    …7",
				"node2/snapshots",
				"  Live database",
				"  0000000001",
				"    …10",
				"    …7",
				"node3",
				"  Live database",
				"  No snapshot store so far",
			]);
		await workbench.rows(/^node1\/snapshots, 2 snapshots · 2\/10$/).waitFor();
		await workbench.rows(/^node3, no store$/).waitFor();
		await workbench
			.rows(/^Live database, .+ · 12\.1 \S+$/)
			.first()
			.waitFor();
		await workbench.screenshot("cluster");
	});

	test("a live database opens as a snapshot does, with what its log holds", async () => {
		const { workbench } = window;
		await workbench
			.rows(/^Live database/)
			.last()
			.click();
		const page = await snapshotPage(workbench, "live · cluster/node3");
		await page.query(ROWS);
		expect(await page.rows()).toEqual([["1"], ["2"]]);
		expect(await page.summary.textContent()).toMatch(
			/live database of a node · .* · base and 1 WAL, 1 of 1 frames applied/,
		);
		await page.summary.click();
		await page.frame.getByText("Data directory").waitFor();
		expect(await accessibilityViolations(page.frame)).toEqual([]);
		await workbench.screenshot("live-database");
		await workbench.chooseFromMenu(workbench.rows(/^Live database/).first(), "Open snapshot as database");
		await expect.poll(() => workbench.tabs()).toEqual(["live · cluster/node3", "live · cluster/node1"]);
	});
});

describe("a data directory that the settings name", () => {
	const window = useWorkbench(async (directory) => {
		const elsewhere = join(directory, "elsewhere/node1");
		buildDataDirectory(elsewhere, { store: "snapshots" });
		const folder = join(directory, "window");
		buildDataDirectory(join(folder, "node1"), { store: "snapshots" });
		return { folder, settings: { "snapshotStore.roots": [elsewhere, "not absolute"] } };
	});
	leavesUnchanged(() => window.directory);

	test("stands beside the window's folder, told from it by its place", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await expect.poll(() => workbench.outline()).toEqual(["window", "  node1/snapshots", "node1", "  snapshots"]);
		await workbench.rows(`node1, ${join(window.directory, "elsewhere/node1")}`).waitFor();
		await workbench.screenshot("roots");
	});
});
