import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../support/projectRoot";
import { accessibilityViolations } from "./accessibility";
import { usePages } from "./usePages";

const { open } = usePages(join(projectRoot, "dist/sample/node1/snapshots"));

test("leads out of a snapshot: rows of what is on screen, or all of it", async () => {
	const { page, snapshot, calls } = await open({ width: 400 });
	await snapshot.choose("reviews");
	await snapshot.settled();
	await page.getByRole("button", { name: "Export rows…" }).press("Enter");
	await page.getByRole("button", { name: "Restore to file…" }).press("Enter");
	await expect.poll(() => calls).toEqual([`export [[["SELECT * FROM \\"reviews\\""]],"reviews",false]`, "restore"]);
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);

	await snapshot.field.fill("select 1; select :id + ?2");
	await page.getByRole("button", { name: "Export rows…" }).click();
	await expect
		.poll(() => calls.slice(2))
		.toEqual([`export [[["select 1"],["select :id + ?2","",""]],"reviews",false]`]);
});
