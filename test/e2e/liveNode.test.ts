import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { LiveDatabase } from "../support/sqlite/liveDatabase";
import { RqliteV10Builder } from "../support/stores/rqliteV10Store";
import { type SnapshotPage, snapshotPage } from "../support/window/snapshotPage";
import { useWorkbench } from "./useWorkbench";

const FULL = "2-8-1795420800000";
const [FIRST, SECOND, THIRD] = ["2-9-1795420860000", "2-99-1795420920000", "2-100-1795420980000"];
const REAPED = "2-100-1795421040000";

let node: RqliteV10Builder;
const window = useWorkbench((directory) => {
	node = new RqliteV10Builder(join(directory, "wsnapshots"), new LiveDatabase());
	node.database.run("create table events(at text); insert into events values ('first')");
	node.full(FULL);
	write("second");
	node.incremental(FIRST);
	return { folder: directory };
});
afterAll(() => node?.database.close());

function write(event: string): void {
	node.database.run(`insert into events values ('${event}')`);
}

let page: SnapshotPage;
const newer = () => page.notices.getByText("A newer snapshot has come to the store since this one was opened.");

test("a snapshot of rqlite 10 is opened, with the full one that it goes on from", async () => {
	const { workbench } = window;
	await workbench.openView("Snapshot Stores");
	await workbench.rows(new RegExp(`^${FIRST}, newest`)).click();
	page = await snapshotPage(workbench, FIRST);
	await page.query("select at from events");
	expect(await page.rows()).toEqual([["first"], ["second"]]);
	await page.summary.click();
	const chain = page.frame.getByRole("region", { name: "What the answers stand on" });
	expect(await chain.textContent()).toMatch(new RegExp(`Full snapshot\\s*${FULL}.*${FULL}/data\\.db`, "s"));
	expect(await chain.getByText("Generation").count()).toBe(0);
	await page.summary.click();
});

test("the node adds snapshots: the page says so once, without taking the focus, and keeps its rows", async () => {
	const { workbench } = window;
	await page.field.focus();
	for (const id of [SECOND, THIRD]) {
		write(id);
		node.incremental(id);
		await workbench.rows(new RegExp(`^${id}, newest`)).waitFor();
	}
	await newer().waitFor();
	expect(await page.notices.getByRole("button").count()).toBe(1);
	expect(await page.field.and(page.frame.locator(":focus")).count()).toBe(1);
	expect(await page.rows()).toEqual([["first"], ["second"]]);
	expect(await workbench.rows(FIRST).getAttribute("aria-selected")).toBe("true");
	await workbench.screenshot("newer");
});

test("the node reaps: the page goes on with what it holds, and leads to what is left", async () => {
	const { workbench } = window;
	node.reap(REAPED);
	await page.notices.getByText("This snapshot is no longer on disk.").waitFor();
	await page.query("select count(*) from events");
	expect(await page.rows()).toEqual([["2"]]);
	await page.notices.getByRole("button", { name: "Open the newest" }).press("Enter");
	page = await snapshotPage(workbench, REAPED);
	await page.query("select count(*) from events");
	expect(await page.rows()).toEqual([["4"]]);
});

test("a page of what is gone is back after a reload, and says so", async () => {
	const { workbench } = window;
	write("fifth");
	const id = "2-101-1795421100000";
	node.full(id);
	await newer().waitFor();
	rmSync(join(node.directory, REAPED), { recursive: true });
	await page.notices.getByText("This snapshot is no longer on disk.").waitFor();
	await workbench.reload();
	page = await snapshotPage(workbench, REAPED);
	await page.notices.getByText("This snapshot is no longer in the store: a reap has taken it.").waitFor();
	await page.notices.getByRole("button", { name: "Open the newest" }).click();
	page = await snapshotPage(workbench, id);
	await page.query("select count(*) from events");
	expect(await page.rows()).toEqual([["5"]]);
});
