// Draws the page of a snapshot into PNG files and tells what axe and the console say of it.
// usage: npx esbuild test/support/page/showPage.ts --bundle --platform=node --packages=external --format=esm
//            --outfile=.cache/tools/showPage.mjs && node .cache/tools/showPage.mjs [<store> [<snapshot> [<sql>]]]

import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { launchBrowser } from "../browser";
import { projectRoot } from "../projectRoot";
import { openPage, type PageOptions } from "./openPage";

const [store = "dist/sample/node1/snapshots", snapshot, sql] = process.argv.slice(2);
const pictures = join(projectRoot, ".cache", "page");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const VIEWS: readonly Omit<PageOptions, "store">[] = [
	{ theme: "dark" },
	{ theme: "light" },
	{ theme: "high-contrast" },
	{ theme: "dark", width: 400 },
];

await mkdir(pictures, { recursive: true });
const browser = await launchBrowser();
try {
	for (const view of VIEWS) {
		const options = { store: resolve(store), ...(snapshot ? { snapshot } : {}), ...view };
		const { page, complaints } = await openPage(browser, options);
		await use(page);
		const name = `${view.theme}-${view.width ?? "wide"}`;
		await page.screenshot({ path: join(pictures, `${name}.png`) });
		const violations = await audit(page);
		for (const summary of await page.locator("summary").all()) await summary.click();
		await page.screenshot({ path: join(pictures, `${name}-unfolded.png`) });
		for (const line of [...complaints, ...violations, ...(await audit(page))]) console.log(`${name}: ${line}`);
		await page.close();
	}
} finally {
	await browser.close();
}
console.log(pictures);

/** Runs the query, or chooses the first table, where the database opened. */
async function use(page: Page): Promise<void> {
	const tables = page.getByRole("listbox", { name: "Tables" });
	await tables.or(page.getByText("Nothing has been opened")).first().waitFor();
	if (!(await tables.isVisible())) return;
	if (sql === undefined) {
		await page.getByRole("option").first().click();
	} else {
		await page.getByRole("textbox", { name: "SQL query" }).fill(sql);
		await page.getByRole("button", { name: "Run", exact: true }).click();
	}
	await page.getByRole("status").filter({ hasNotText: "Running" }).waitFor();
}

async function audit(page: Page): Promise<readonly string[]> {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(
		(): Promise<AxeResults> => (window as unknown as { axe: typeof import("axe-core") }).axe.run(),
	);
	return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}
