import { expect, onTestFinished, test } from "vitest";
import type { BrowseSpec } from "../../../../src/protocol/browse";
import { EngineSession } from "../../../../src/webview/engine/engineSession";
import { TableRows } from "../../../../src/webview/table/tableRows";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";
import { writeChain } from "../../engine/engineHomes";
import { hostHome } from "../../engine/hostHome";
import { described } from "../described";
import { chainOf, openSession } from "../openSession";

const THOUSANDS = `create table t as
	with recursive n(i) as (select 0 union all select i + 1 from n where i < 29999) select i, 'row ' || i as name from n`;
const WHOLE: BrowseSpec = { table: "t", filters: [], order: [] };

function browse(spec: Partial<BrowseSpec> = {}, sql = THOUSANDS) {
	const { session } = openSession(sql);
	return { session, rows: new TableRows(session, { ...WHOLE, ...spec }) };
}

/** Settles when the row is here. */
function here(rows: TableRows, position: number): Promise<void> {
	return new Promise((resolve) => {
		const stop = rows.watch(look);
		function look(): void {
			if (rows.row(position) === undefined) return;
			stop();
			resolve();
		}
		look();
	});
}

/** Ends the engine of a session as a query that is cancelled does. */
async function endEngine(session: EngineSession): Promise<void> {
	const waiting = session.ask((engine) => engine.countRows("t"));
	session.interrupt();
	await expect(waiting).rejects.toThrow();
}

test("any row is fetched when it is looked at, and those around it", async () => {
	const { rows } = browse();
	await rows.start();
	expect([rows.state, rows.rowCount, rows.complete, rows.columns]).toEqual(["done", 30_000, true, ["i", "name"]]);
	expect(rows.row(29_990)).toBeUndefined();
	rows.want(29_990, 30_000);
	await here(rows, 29_999);
	expect(rows.row(29_999)).toEqual([29_999n, "row 29999"]);
	rows.want(12_345, 12_380);
	await here(rows, 12_345 - 35);
	expect(rows.row(12_345)).toEqual([12_345n, "row 12345"]);
});

test("rows come while others are still looked for", async () => {
	const { rows } = browse();
	rows.want(0, 20);
	const counts = new Set<number>();
	rows.watch(() => counts.add(rows.rowCount));
	const started = rows.start();
	await here(rows, 0);
	await started;
	await here(rows, 19);
	expect([...counts].at(-1)).toBe(30_000);
});

test("an engine that was ended by somebody else is followed by another, in which the same rows are", async () => {
	const { rows, session } = browse({ order: [{ column: "i", descending: true }] });
	await rows.start();
	rows.want(0, 10);
	await here(rows, 9);
	await endEngine(session);
	// The first browse of the next engine is somebody else's.
	const other = new TableRows(session, WHOLE);
	await other.start();
	rows.want(29_000, 29_010);
	await here(rows, 29_000);
	expect(rows.row(29_000)).toEqual([999n, "row 999"]);
	expect([rows.state, rows.rowCount]).toEqual(["done", 30_000]);
});

test("a search that never comes back is stopped by ending its engine, and the next is answered", async () => {
	const directory = temporaryDirectory();
	const chain = chainOf(`create table t as select 1 as i, '${"1234567890 ".repeat(5)}' as name`);
	const { home, served } = hostHome(directory);
	served.describe(described({ id: chain.snapshot, files: writeChain(directory, chain) }));
	const session = new EngineSession(await home.load(), { allowDamaged: false });
	onTestFinished(() => session.close());
	const endless = { column: "name", kind: "matches", pattern: "^(?:(?:\\d| )+)+$X", caseSensitive: true } as const;
	const rows = new TableRows(session, { ...WHOLE, filters: [endless] });
	const searching = new Promise<void>((resolve) => {
		rows.watch(() => rows.columns.length > 0 && resolve());
	});
	const started = rows.start();
	await searching;
	await new Promise((resolve) => setImmediate(resolve)); // The search has been asked for.
	await rows.stop();
	await started;
	expect([rows.state, rows.rowCount]).toEqual(["stopped", 0]);
	const next = new TableRows(session, WHOLE);
	await next.start();
	expect([next.state, next.rowCount]).toEqual(["done", 1]);
});

test("what is wrong is said in SQLite's own words", async () => {
	const { rows } = browse({ filters: [{ column: "name", kind: "matches", pattern: "(", caseSensitive: true }] });
	await rows.start();
	expect([rows.state, rows.error]).toEqual(["failed", expect.stringContaining("Invalid regular expression")]);
});

test("a view is for queries", async () => {
	const { rows } = browse({ table: "v" }, "create view v as select 1 as a");
	await rows.start();
	expect([rows.state, rows.columns]).toEqual(["keyless", ["a"]]);
});
