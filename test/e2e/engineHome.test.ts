import { describe, expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { snapshotPage } from "../support/window/snapshotPage";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

const NEWEST = "5-9266-1794736700163";
const ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

/** The same snapshot above and below the size up to which the page reads it, in Restricted Mode. */
describe.each([
	["beside the extension", 0, /^beside the extension, over the open files; .* larger than 0 bytes together$/],
	["in the page", 8, /^in this page, over a copy of the files · they are not larger than 8 MiB together$/],
] as const)("a snapshot queried %s", (name, limitMib, stated) => {
	const window = useWorkbench(async (directory) => ({
		folder: await copySample(directory),
		settings: { "snapshotStore.query.webviewLimit": limitMib },
		trusted: false,
	}));
	leavesUnchanged(() => window.directory);

	test("is opened, and says where it is queried", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await workbench.chooseFromMenu(workbench.rows(NEWEST), "Open snapshot as database");
		const page = await snapshotPage(workbench, NEWEST);
		await page.summary.click();
		const engine = page.frame.locator("chain-header dt", { hasText: "Queried" }).locator("+ dd");
		expect(await engine.textContent()).toMatch(stated);
		await engine.scrollIntoViewIfNeeded();
		await workbench.screenshot(`queried ${name}`.replaceAll(" ", "-"));
		await page.summary.click();
	});

	test("counts its tables and answers exactly, row by row", async () => {
		const page = await snapshotPage(window.workbench, NEWEST);
		await expect.poll(() => page.object("reviews").textContent()).toMatch(/\b4 rows/);
		await page.query("select count(*) as n from reviews");
		expect(await page.rows()).toEqual([["4"]]);
		await page.query("select 9223372036854775807 as most, -1e999 as least, 'é' as text, null as missing");
		expect(await page.rows()).toEqual([["9223372036854775807", "-Infinity", "é", "NULL"]]);
		await page.query("select nonsense");
		expect(await page.alert.textContent()).toContain("no such column: nonsense");
	});

	test("cancels a query without an end, and answers the next", async () => {
		const page = await snapshotPage(window.workbench, NEWEST);
		await page.field.fill(ENDLESS);
		await page.field.press("Control+Enter");
		await page.cancel.click();
		await page.status.filter({ hasText: "Cancelled" }).waitFor();
		await page.query("select max(id) from orders");
		expect(await page.rows()).toEqual([["110"]]);
	});

	test("and is back after a reload of the window", async () => {
		await window.workbench.reload();
		const page = await snapshotPage(window.workbench, NEWEST);
		await page.query("select count(*) from reviews");
		expect(await page.rows()).toEqual([["4"]]);
	});
});
