import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contributes } from "../../package.json";
import nls from "../../package.nls.json";
import { projectRoot } from "../support/projectRoot";
import { copySample } from "../support/sampleCopy";
import { cut } from "../support/stores/damage";
import { snapshotPage } from "../support/window/snapshotPage";
import type { Workbench } from "../support/window/workbench";
import { useWorkbench } from "./useWorkbench";

const NEWEST = "5-9266-1794736700163";
const TITLE = nls["walkthrough.title"];

describe("the walkthrough", () => {
	// The newest VS Code leaves the pictures out where there is less room.
	const window = useWorkbench(() => ({ viewport: { width: 1600, height: 800 } }));

	test("is reached from the welcome view, with a picture in each step", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await workbench.sideBar.getByText("Look inside your data directory", { exact: true }).click();
		const editor = workbench.page.locator(".gettingStartedContainer");
		await editor.getByRole("heading", { name: TITLE, level: 2 }).waitFor();
		const steps = editor.locator(".getting-started-step");
		expect(await steps.count()).toBe(contributes.walkthroughs[0]?.steps.length);
		for (const key of ["open", "browse", "query", "verify", "restore"] as const) {
			await steps
				.filter({ hasText: nls[`walkthrough.${key}.title`] })
				.first()
				.click();
			const picture = editor.getByRole("img", { name: nls[`walkthrough.${key}.altText`] });
			await picture.waitFor();
			await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
			if (key === "open" || key === "query") await workbench.screenshot(`walkthrough-${key}`);
		}
	});

	test("ticks a step when its button has been pressed", async () => {
		const { workbench } = window;
		const editor = workbench.page.locator(".gettingStartedContainer");
		const steps = editor.locator(".getting-started-step");
		const first = steps.filter({ hasText: nls["walkthrough.open.title"] }).first();
		await first.click();
		await editor.getByRole("button", { name: "Try the Sample" }).click();
		await workbench.rows("node1/snapshots").waitFor();
		await first.getByRole("checkbox", { checked: true }).waitFor();
	});
});

describe.runIf(process.env["UPDATE_SCREENSHOT"] === "1").each([
	["dark", "Default Dark Modern"],
	["light", "Default Light Modern"],
] as const)("the walkthrough's pictures in %s colours", (colours, theme) => {
	const window = useWorkbench(async (directory) => {
		const folder = join(directory, "data");
		mkdirSync(folder);
		await copySample(folder);
		return { folder: join(folder, "sample", "node1"), theme, viewport: { width: 1120, height: 560 } };
	});

	/** A part of the window as it is: the side bar down to a height, or the editor. */
	async function take(step: string, { page, sideBar }: Workbench, part: { toPx: number } | "editor"): Promise<void> {
		const path = join(projectRoot, "media", "walkthrough", `${step}-${colours}.png`);
		const box = await (part === "editor" ? page.locator(".part.editor") : sideBar).boundingBox();
		if (box === null) throw new Error("it is not there");
		const clip = part === "editor" ? box : { ...box, height: part.toPx - box.y };
		await page.screenshot({ path, animations: "disabled", clip });
	}

	/** Makes room for what stands beside a snapshot's id. */
	async function widen({ page, sideBar }: Workbench): Promise<void> {
		const { x, y, width } = (await sideBar.boundingBox()) ?? { x: 0, y: 0, width: 0 };
		await page.mouse.move(x + width, y + 200);
		await page.mouse.down();
		await page.mouse.move(x + 480, y + 200, { steps: 5 });
		await page.mouse.up();
		await page.mouse.move(0, 0);
	}

	test("are of this window", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		await workbench.rows(new RegExp(`^${NEWEST}`)).waitFor();
		await widen(workbench);
		await take("browse", workbench, { toPx: 300 });

		await workbench.rows(new RegExp(`^${NEWEST}`)).click();
		const page = await snapshotPage(workbench, NEWEST);
		await page.query(`SELECT sku, sum(quantity) AS sold, stock
FROM order_items AS i JOIN products AS p ON p.id = i.product_id
GROUP BY p.id ORDER BY sold DESC`);
		await workbench.page.mouse.move(0, 0);
		await workbench.page.setViewportSize({ width: 1300, height: 560 });
		await page.grid.waitFor();
		await take("query", workbench, "editor");
		await workbench.page.setViewportSize({ width: 1120, height: 560 });

		await workbench.rows(new RegExp(`^${NEWEST}`)).click({ button: "right" });
		await workbench.page.locator(".context-view .monaco-menu").getByRole("menuitem").nth(3).hover();
		await take("restore", workbench, { toPx: 300 });
		await workbench.page.keyboard.press("Escape");

		cut(join(window.directory, "data/sample/node1/snapshots/generations/0000000003", NEWEST, "wal"), -1000);
		await workbench.runCommand("Snapshot Store: Verify snapshot store");
		await workbench.rows(new RegExp(`^${NEWEST}, newest · damaged`)).waitFor();
		await workbench.expand(workbench.rows(new RegExp(`^${NEWEST}, newest · damaged`)));
		await workbench.notifications("1 error").getByRole("button", { name: "Show Problems" }).click();
		await workbench.problemRows.filter({ hasText: "wal-torn-frame" }).waitFor();
		await take("verify", workbench, { toPx: 300 });
		// VS Code also tells the console of every message about an error.
		expect(workbench.takeProblems()).toEqual([expect.stringContaining("1 error")]);

		await workbench.openFolder(undefined);
		await workbench.openView("Snapshot Stores");
		await workbench.sideBar.getByText("A snapshot store is").waitFor();
		await take("open", workbench, { toPx: 330 });
	});
});
