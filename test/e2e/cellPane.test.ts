import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ThemeName } from "../support/page/themes";
import { projectRoot } from "../support/projectRoot";
import { pngImage } from "../support/sample/pngImage";
import { Random } from "../support/sample/random";
import { accessibilityViolations } from "./accessibility";
import { type PageInBrowser, takenOut, usePages } from "./usePages";

const { open } = usePages(join(projectRoot, "dist/sample/node1/snapshots"));

const JSON_TEXT = `{"b": [1, 9007199254740993, {"x": "<b>"}], "1": 1.50, "b": null}`;
const IMAGE = Buffer.from(pngImage(new Random(1))).toString("hex");

/** Runs a query and opens the first cell of its rows. */
async function openCell({ snapshot, page }: PageInBrowser, sql: string): Promise<Locator> {
	await snapshot.query(sql);
	await snapshot.grid.focus();
	await page.keyboard.press("Enter");
	const pane = page.locator("cell-value");
	await pane.waitFor();
	return pane;
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
	for (const key of keys) await page.keyboard.press(key);
}

test("shows JSON as a tree, numbers and order as written, under the keyboard", async () => {
	const opened = await open();
	const { page, calls } = opened;
	const pane = await openCell(opened, `select '${JSON_TEXT}' as document`);
	const tree = pane.getByRole("tree", { name: "JSON" });
	expect(await tree.and(page.locator(":focus")).count()).toBe(1);
	const lines = async () => (await tree.getByRole("treeitem").allTextContents()).map((line) => line.trim());
	expect(await lines()).toEqual(["{} 3 members", "b: [] 3 items", "1: 1.50", "b: null"]);

	await press(page, "ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown");
	expect(await lines()).toEqual([
		"{} 3 members",
		"b: [] 3 items",
		"0: 1",
		"1: 9007199254740993",
		"2: {} 1 member",
		"1: 1.50",
		"b: null",
	]);
	expect(await tree.getAttribute("aria-activedescendant")).toBe("row-3");
	await press(page, "Control+c", "ArrowLeft", "ArrowLeft", "Control+c");
	await expect
		.poll(() => takenOut(calls))
		.toEqual(["copy 9007199254740993", `copy [1, 9007199254740993, {"x": "<b>"}]`]);
	expect(await tree.locator(".active").getAttribute("aria-expanded")).toBe("false");

	await pane.getByRole("button", { name: "Text", exact: true }).click();
	expect(await pane.getByRole("group", { name: "Value" }).textContent()).toBe(JSON_TEXT);
});

test("shows a long list in pieces", async () => {
	const opened = await open();
	const pane = await openCell(
		opened,
		"with recursive n(i) as (select 1 union all select i + 1 from n limit 250) select json_group_array(i) from n",
	);
	const items = pane.getByRole("treeitem");
	expect(await items.count()).toBe(102);
	await press(opened.page, "End", "Enter", "End", "Enter");
	await pane.getByText("249: 250").waitFor();
	expect(await items.count()).toBe(251);
});

test("shows a long text in pieces, with every character of it", async () => {
	const opened = await open();
	const pane = await openCell(opened, "select printf('%.*c', 49999, 'x') || '🍵' || char(0) || 'end' as t");
	const text = pane.getByRole("group", { name: "Value" });
	expect((await text.textContent())?.length).toBe(49_999);
	await pane.getByText("The first 49,999 of 50,005 characters").waitFor();
	await pane.getByRole("button", { name: "Show more" }).click();
	await pane.getByText("end").waitFor();
	expect((await text.textContent())?.slice(49_999)).toBe("🍵\\u{0}end");
	expect(await pane.getByRole("button", { name: "Show more" }).count()).toBe(0);
});

test("shows bytes a page at a time", async () => {
	const opened = await open();
	const pane = await openCell(opened, "select cast(zeroblob(16384) || 'tea <b>' as blob) as b");
	await pane.getByText("blob · 16,391 bytes").waitFor();
	await pane.getByText("Bytes 0 to 16,383 of 16,391").waitFor();
	await pane.getByRole("button", { name: "Last bytes" }).click();
	await pane.getByText("Bytes 16,384 to 16,390 of 16,391").waitFor();
	expect(await pane.getByRole("group", { name: "Value" }).textContent()).toMatch(
		/^000000004000 {2}74 65 61 20 3c 62 3e {29}tea.<b>$/,
	);
});

test("draws an image, unless it says to be too large for that", async () => {
	const opened = await open();
	const pane = await openCell(opened, `select x'${IMAGE}' as photo union all select x'${enlarged(IMAGE)}'`);
	await pane.getByText("image/png · 32 by 32 pixels").waitFor();
	const size = await pane.getByRole("img").evaluate(async (image: HTMLImageElement) => {
		await image.decode();
		return [image.naturalWidth, image.naturalHeight];
	});
	expect(size).toEqual([32, 32]);
	await press(opened.page, "Alt+ArrowDown");
	await pane.getByText("is not drawn: it is too large").waitFor();
	expect(await pane.getByRole("img").count()).toBe(0);
});

/** The same image, which says that it is 100,000 pixels wide and high. */
function enlarged(png: string): string {
	const bytes = Buffer.from(png, "hex");
	bytes.writeUInt32BE(100_000, 16);
	bytes.writeUInt32BE(100_000, 20);
	return bytes.toString("hex");
}

test("never draws what can hold a script", async () => {
	const opened = await open();
	const pane = await openCell(opened, `select cast('<svg onload="alert(1)"><script>1</script></svg>' as blob) as b`);
	await pane.getByRole("button", { name: "Text", exact: true }).click();
	await pane.getByText("<svg onload").waitFor();
	expect(await pane.locator("svg, img, script").count()).toBe(0);
});

test("says which time a number may be", async () => {
	const opened = await open();
	const pane = await openCell(opened, "select 1767225600123456789, 2461042.0, 42");
	await pane.getByText("may be a time: 2026-01-01T00:00:00.123456789Z (Unix nanoseconds)").waitFor();
	await press(opened.page, "Alt+ArrowRight");
	await pane.getByText("may be a time: 2026-01-01T12:00:00.000Z (Julian day)").waitFor();
	await press(opened.page, "Alt+ArrowRight");
	await pane.getByText("row 1 · integer", { exact: true }).waitFor();
});

test("goes to the cells beside, which stay in view, and follows the grid", async () => {
	const opened = await open({ height: 500 });
	const { snapshot, page } = opened;
	const pane = await openCell(
		opened,
		"with recursive n(i) as (select 1 union all select i + 1 from n limit 300) select i, 'text ' || i from n",
	);
	for (let row = 1; row < 40; row++) await press(page, "Alt+ArrowDown");
	await press(page, "Alt+ArrowRight");
	await pane.getByText("text 40", { exact: true }).waitFor();
	expect(await pane.locator("text-view:focus").count()).toBe(1);
	const [cell, grid] = await Promise.all([snapshot.grid.locator(".active").boundingBox(), snapshot.grid.boundingBox()]);
	expect(cell!.y + cell!.height).toBeLessThanOrEqual(grid!.y + grid!.height);

	await snapshot.grid.focus();
	await press(page, "ArrowUp");
	await pane.getByText("text 39", { exact: true }).waitFor();
	expect(await snapshot.grid.and(page.locator(":focus")).count()).toBe(1);
});

test("saves a value as a file, byte for byte, and copies it", async () => {
	const opened = await open();
	const { page, calls } = opened;
	const pane = await openCell(opened, `select x'00ff' as "a/b", '${"🍵"}' as t, '[1]' as j, 7`);
	const save = pane.getByRole("button", { name: "Save to file…" });
	for (let column = 0; column < 3; column++) {
		await save.click();
		await press(page, "Alt+ArrowRight");
	}
	await pane.getByText("row 1 · integer").waitFor();
	expect(await save.count()).toBe(0);
	await pane.getByRole("button", { name: "Copy" }).click();
	await expect
		.poll(() => takenOut(calls))
		.toEqual(["save a/b-1.bin 00ff", "save t-1.txt f09f8db5", "save j-1.json 5b315d", "copy 7"]);
	await press(page, "Escape");
	expect(await pane.count()).toBe(0);
});

test.each<readonly [ThemeName, number]>([
	["dark", 1000],
	["light", 1000],
	["high-contrast", 1000],
	["dark", 400],
])("can be read in the theme %s, %i pixels wide", async (theme, width) => {
	const opened = await open({ theme, width });
	// What scrolls in the SQL field is not looked at here.
	const sql = `select '{"b":[1,{"x":2.50}]}' as j,\nimage, zeroblob(100000) as bytes,\n'text' from products limit 9`;
	const pane = await openCell(opened, sql);
	const violations: string[] = [];
	for (let column = 0; column < 4; column++) {
		violations.push(...(await accessibilityViolations(opened.page.mainFrame())));
		await opened.page.screenshot({ path: join(projectRoot, `.cache/page/cell-${theme}-${width}-${column}.png`) });
		await press(opened.page, "Alt+ArrowRight");
	}
	expect(violations).toEqual([]);
	expect(await pane.count()).toBe(1);
});
