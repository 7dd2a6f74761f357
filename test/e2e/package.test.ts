import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { packageExtension } from "../support/packageExtension";
import { projectRoot } from "../support/projectRoot";
import { copySample } from "../support/sampleCopy";
import { snapshotPage } from "../support/window/snapshotPage";
import { leavesUnchanged, useWorkbench } from "./useWorkbench";

const NEWEST = "5-9266-1794736700163";

const packages = mkdtempSync(join(tmpdir(), "e2e-package-"));
afterAll(() => rmSync(packages, { recursive: true }));

const window = useWorkbench(async (directory) => {
	const vsix = await packageExtension(packages);
	return { folder: await copySample(directory), vsix };
});
leavesUnchanged(() => window.directory);

/** The picture of the README is this window. */
test("the package is installed, opens a snapshot and answers a query", async () => {
	const { workbench } = window;
	await workbench.openView("Snapshot Stores");
	await workbench.rows(NEWEST).click();
	const page = await snapshotPage(workbench, NEWEST);
	await page.object("order_changed").waitFor();
	await page.query(`SELECT sku, sum(quantity) AS sold, sum(quantity * i.price_cents) / 100.0 AS revenue, stock
FROM order_items AS i JOIN products AS p ON p.id = i.product_id
GROUP BY p.id ORDER BY sold DESC`);
	expect((await page.rows())[0]).toEqual(["CUP-GAIWAN", "41", "984.0", "53"]);
	await page.summary.click();
	await page.frame.getByText("12 of 12 frames applied").waitFor();
	// Away from the tree, whose row under the mouse has a button.
	await workbench.page.mouse.move(0, 0);
	await workbench.screenshot("readme");
	if (process.env["UPDATE_SCREENSHOT"] === "1") {
		await workbench.page.screenshot({ path: join(projectRoot, "media", "screenshot.png"), animations: "disabled" });
	}
});
