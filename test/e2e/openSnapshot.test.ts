import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { openWorkbench, type Workbench } from "./workbench";

let directory: string;
let workbench: Workbench;

beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "e2e-"));
	workbench = await openWorkbench({ folder: await copySample(directory) });
});

afterAll(async () => {
	await workbench?.close();
	await rm(directory, { recursive: true });
});

test("a snapshot opens by right-click and answers a query", async () => {
	await workbench.openView("Snapshot Stores");
	await workbench.rows().first().waitFor();
	await workbench.screenshot("tree");
	console.log(await workbench.rows().allTextContents());
	const snapshot = workbench.rows(/5-/).first();
	await snapshot.waitFor();
	await workbench.chooseFromMenu(snapshot, "Open snapshot as database");
	const page = await workbench.webview();
	await page.getByRole("textbox", { name: "SQL query" }).waitFor();
	await workbench.screenshot("opened");
	await page.getByRole("textbox", { name: "SQL query" }).fill("select count(*) as n, max(id) as m from orders");
	await page.getByRole("button", { name: "Run" }).click();
	await page.getByRole("grid", { name: "Results" }).waitFor();
	await page.getByRole("status").first().waitFor();
	await workbench.screenshot("query");
	expect(workbench.problems).toEqual([]);
});
