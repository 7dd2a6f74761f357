import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { copySample } from "../support/sampleCopy";
import { integrityCheck } from "../support/sqlite/oracle";
import { picture } from "../support/stores/picture";
import { snapshotPage } from "../support/window/snapshotPage";
import { answer, enter, enterPath, enterRefused } from "./dialogs";
import { useWorkbench } from "./useWorkbench";

const STORE = "sample/node1/snapshots";
const NEWEST = "5-9266-1794736700163";

describe("commands that write", () => {
	const window = useWorkbench(async (directory) => {
		const folder = join(directory, "data");
		await copySample(folder);
		return { folder };
	});
	const store = (): string => join(window.directory, "data", STORE);
	const output = (): string => join(window.directory, "data", "out.sqlite");

	test("restore a snapshot to a file", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		const before = picture(store());
		const newest = workbench.rows(/newest · /);
		await workbench.chooseFromMenu(newest, "Restore snapshot to file…");
		await workbench.page.locator(".quick-input-widget").filter({ hasText: "Restore snapshot" }).waitFor();
		await workbench.screenshot("restore");
		await enterPath(workbench, "Restore snapshot", output());
		await workbench.notified(/Snapshot .* is restored to .*out\.sqlite\./);
		await workbench.screenshot("restored");
		expect(integrityCheck(readFileSync(output()))).toEqual(["ok"]);
		expect(picture(store())).toEqual(before);
	});

	test("export every table as SQL, and the rows of the query on screen", async () => {
		const { workbench } = window;
		const before = picture(store());
		const script = join(window.directory, "data", "all.sql");
		await workbench.chooseFromMenu(workbench.rows(/newest · /), "Export all tables…");
		await workbench.pick("Every table");
		await workbench.pick("SQL");
		await enterPath(workbench, "Export to file", script);
		await workbench.notified(/Exported to .*all\.sql: [\d,]+ rows/);
		expect(readFileSync(script, "utf8")).toContain('INSERT INTO "reviews"');

		const rows = join(window.directory, "data", "rows.csv");
		await workbench.chooseFromMenu(workbench.rows(/newest · /), "Open snapshot as database");
		const page = await snapshotPage(workbench, NEWEST);
		await page.query("select 1 as one; select 2 as two");
		await workbench.runCommand("Snapshot Store: Export table or query…");
		expect(await workbench.choices()).toEqual([
			"The rows of statement 1",
			"The rows of statement 2",
			"Every table",
			"Every table and view",
		]);
		await workbench.pick("The rows of statement 2");
		expect((await workbench.choices())[0]).toBe("CSV");
		await page.field.focus();
		await workbench.pick("CSV");
		await enterPath(workbench, "Export to file", rows);
		await workbench.notified(/Exported to .*rows\.csv: 1 rows/);
		expect(readFileSync(rows, "utf8")).toBe("two\r\n2\r\n");
		expect(picture(store())).toEqual(before);
	});

	test("open a snapshot with an editor that is asked for", async () => {
		const { workbench } = window;
		await workbench.chooseFromMenu(workbench.rows(/newest · /), "Open snapshot with…");
		await workbench.page.locator(".quick-input-widget").filter({ hasText: "Text Editor" }).waitFor();
		await workbench.screenshot("openWith");
		await workbench.page.keyboard.press("Escape");
	});

	test("create a snapshot of that file", async () => {
		const { workbench } = window;
		await workbench.chooseFromMenu(workbench.rows(/snapshots, /).first(), "Create snapshot from database…");
		await enterPath(workbench, "Create snapshot from database", output());
		await enter(workbench, "Raft term");
		await enter(workbench, "Raft index");
		await workbench.notified(/Snapshot .* is in generation 0000000004 of its store\./);
		await workbench.rows(/^0000000004, current · 1 snapshot/).waitFor();
		await workbench.screenshot("created");
	});

	test("reap what the plan says, and only after the question", async () => {
		const { workbench } = window;
		const before = picture(store());
		await workbench.chooseFromMenu(workbench.rows(/snapshots, /).first(), "Reap snapshots…");
		await enterRefused(workbench, "Reap snapshots", "1", "A whole number, 2 or more");
		await enter(workbench, "Reap snapshots", "2");
		await workbench.page.getByRole("dialog").filter({ hasText: "generations/0000000001 with 5 snapshots" }).waitFor();
		await workbench.screenshot("reapQuestion");
		await answer(workbench, `Reap data/${STORE}?`, "Cancel");
		await expect.poll(() => workbench.tabs()).toContain("Reap plan");
		await workbench.screenshot("reapPlan");
		expect(picture(store())).toEqual(before);

		await workbench.chooseFromMenu(workbench.rows(/snapshots, /).first(), "Reap snapshots…");
		await enter(workbench, "How many of the newest snapshots stay");
		await answer(workbench, `Reap data/${STORE}?`, "Reap");
		await workbench.notified(`data/${STORE} is reaped.`);
		await expect.poll(async () => (await workbench.outline()).length).toBe(3);
	});

	test("recover a store, or say that there is nothing to do", async () => {
		const { workbench } = window;
		const leftover = join(store(), "scratchpad", "left");
		await workbench.runCommand("Snapshot Store: Recover store…");
		await workbench.notified(`data/${STORE}: there is nothing to do. The store is in order.`);
		mkdirSync(join(store(), "scratchpad"), { recursive: true });
		writeFileSync(leftover, "");
		await workbench.runCommand("Snapshot Store: Recover store…");
		await answer(workbench, `Recover data/${STORE}?`, "Recover");
		await workbench.notified(`data/${STORE} is in order.`);
		expect(existsSync(leftover)).toBe(false);
	});
});
