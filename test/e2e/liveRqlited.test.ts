import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { indexOf } from "../live/snapshotIds";
import { findRqlited } from "../support/rqlited/findRqlited";
import { type Rqlited, startRqlited } from "../support/rqlited/rqlited";
import { type SnapshotPage, snapshotPage } from "../support/window/snapshotPage";
import { useWorkbench } from "./useWorkbench";

const program = await findRqlited(console.log);

/** Snapshots that the node makes while nobody touches the window. */
const WATCHED = 4;
const ROWS = "select count(*), max(n) from entry";

describe.skipIf(program === undefined)("the window beside a real node", () => {
	let node: Rqlited;
	let written = 0;
	const window = useWorkbench(async (directory) => {
		node = await startRqlited(program ?? "", join(directory, "node1"));
		await node.execute(["create table entry(n integer primary key, filler text)"]);
		await takeSnapshot();
		return { folder: directory };
	});
	afterAll(() => node?.stop());

	/** Has the node write a row and make a snapshot, and answers the snapshot's id. */
	async function takeSnapshot(): Promise<string> {
		written++;
		await node.execute([`insert into entry values (${written}, hex(randomblob(2000)))`]);
		await node.snapshot();
		const names = readdirSync(join(window.directory, "node1"), { recursive: true, encoding: "utf8" }).map((path) =>
			basename(path),
		);
		const ids = names.filter((name) => /^\d+-\d+-\d+$/.test(name));
		return ids.reduce((a, b) => (indexOf(b) > indexOf(a) ? b : a));
	}

	let page: SnapshotPage;
	let newest: string;

	test("each snapshot comes into the tree, and what is selected stays so", async () => {
		const { workbench } = window;
		await workbench.openView("Snapshot Stores");
		const live = workbench.rows(/^Live database/);
		await workbench.expand(workbench.rows(/^node1/));
		await live.click();
		page = await snapshotPage(workbench, "live");
		await page.query(ROWS);
		expect(await page.rows()).toEqual([["1", "1"]]);
		const waited: number[] = [];
		for (let n = 0; n < WATCHED; n++) {
			newest = await takeSnapshot();
			const there = performance.now();
			await workbench.rows(new RegExp(`^${newest}, newest`)).waitFor();
			waited.push(Math.round(performance.now() - there));
			expect(await live.getAttribute("aria-selected")).toBe("true");
		}
		console.log(`${WATCHED} snapshots of a real node, each in the tree after ${waited.join(", ")} ms`);
		await workbench.screenshot("rqlited");
	});

	test("the newest opens, and tells when the node takes it away", async () => {
		const { workbench } = window;
		await workbench.rows(new RegExp(`^${newest}, newest`)).click();
		page = await snapshotPage(workbench, newest);
		await page.query(ROWS);
		expect(await page.rows()).toEqual([[`${written}`, `${written}`]]);
		newest = await takeSnapshot();
		await page.notices.getByRole("button", { name: "Open the newest" }).click();
		page = await snapshotPage(workbench, newest);
		await page.query(ROWS);
		expect(await page.rows()).toEqual([[`${written}`, `${written}`]]);
		await workbench.screenshot("rqlited-newest");
	});

	test("the node has noticed nothing", () => {
		expect(node.complaints()).toEqual([]);
	});
});
