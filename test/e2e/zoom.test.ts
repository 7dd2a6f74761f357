import { join } from "node:path";
import type { Frame } from "playwright-core";
import { expect, test } from "vitest";
import { projectRoot } from "../support/projectRoot";
import { accessibilityViolations } from "./accessibility";
import { type PageInBrowser, usePages } from "./usePages";

const { open } = usePages(join(projectRoot, "dist/sample/node1/snapshots"));

/** Buttons, fields and tabs that stand out of the page where nothing scrolls to them, or whose text is not all in view. */
function cutOff(frame: Frame): Promise<readonly string[]> {
	return frame.evaluate(() => {
		const cut: string[] = [];
		const parentOf = (node: Node) => node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
		const isScrolledTo = (element: Element): boolean => {
			for (let node = parentOf(element); node !== null; node = parentOf(node)) {
				if (node instanceof Element && getComputedStyle(node).overflowX === "auto") return true;
			}
			return false;
		};
		const look = (root: ParentNode): void => {
			for (const element of root.querySelectorAll<HTMLElement>("*")) {
				if (element.shadowRoot !== null) look(element.shadowRoot);
				if (!element.matches("button, input, vscode-button")) continue;
				if (!element.checkVisibility({ visibilityProperty: true })) continue;
				const { left, right } = element.getBoundingClientRect();
				const isOut = (left < 0 || right > innerWidth) && !isScrolledTo(element);
				const isClipped = element.matches("button") && element.scrollWidth > element.clientWidth;
				if (isOut || isClipped) cut.push(element.textContent?.trim() || element.tagName);
			}
		};
		look(document);
		return cut;
	});
}

async function expectWhole({ page }: PageInBrowser, name: string): Promise<void> {
	await page.screenshot({ path: join(projectRoot, `.cache/page/zoom-${name}.png`) });
	expect(await cutOff(page.mainFrame())).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
}

test("at 200 per cent nothing of the page is cut off", async () => {
	const opened = await open({ width: 1000, height: 900, zoom: 2 });
	const { page, snapshot } = opened;
	await snapshot.choose("orders");
	await expectWhole(opened, "table");
	await snapshot.query("select id from orders; select 2 as two; select wrong");
	await expectWhole(opened, "results");
	await page.getByRole("tab", { name: "Structure" }).click();
	await expectWhole(opened, "structure");
	await page.getByRole("tab", { name: "Space" }).click();
	await expectWhole(opened, "space");
});

test("400 pixels wide the buttons for a query take two rows at most, and none is missing", async () => {
	const { page, snapshot, calls } = await open({ width: 400, chosen: "select 'from the history'" });
	const tops = await page
		.locator("query-toolbar vscode-button:visible")
		.evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
	expect(new Set(tops).size).toBeLessThanOrEqual(2);
	const more = page.getByRole("button", { name: "More…" });
	const menu = page.getByRole("menu", { name: "Queries" });
	await more.press("Enter");
	expect(await menu.getByRole("menuitem").allInnerTexts()).toEqual(["History…", "Save…", "Saved…", "Other snapshot…"]);
	expect(await accessibilityViolations(page.mainFrame())).toEqual([]);
	await page.screenshot({ path: join(projectRoot, ".cache/page/narrow-more.png") });
	await page.keyboard.press("Escape");
	await more.and(page.locator(":focus")).waitFor();
	await more.press("Enter");
	await page.keyboard.press("Enter");
	await expect.poll(() => snapshot.text()).toBe("select 'from the history'");
	await more.press("Enter");
	await menu.getByRole("menuitem", { name: "Save…" }).click();
	await expect.poll(() => calls).toContain("save select 'from the history'");
});
