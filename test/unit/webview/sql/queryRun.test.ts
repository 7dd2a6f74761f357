import { expect, test } from "vitest";
import { QueryRun } from "../../../../src/webview/sql/queryRun";
import { openSession } from "../openSession";

const thousands =
	"with recursive c(n) as (select 1 union all select n + 1 from c limit 3000) select n, 'row ' || n as t from c";

function run(sql: string, ...statements: readonly string[]) {
	const { session } = openSession(...statements);
	const states: string[] = [];
	const query: QueryRun = new QueryRun(sql, session, () => states.push(query.state));
	return { query, session, states };
}

test("rows come in batches until the last", async () => {
	const { query, states } = run(thousands);
	await query.start();
	expect(query.columns).toEqual(["n", "t"]);
	expect([query.state, query.rows.rowCount]).toEqual(["more", 500]);
	await query.fetchMore();
	expect([query.state, query.rows.rowCount]).toEqual(["more", 2500]);
	await query.fetchMore();
	expect([query.state, query.rows.rowCount]).toEqual(["done", 3000]);
	expect(query.rows.row(2999)).toEqual([3000n, "row 3000"]);
	expect(states).toEqual(["more", "fetching", "more", "fetching", "done"]);
	await query.fetchMore();
	expect(query.rows.rowCount).toBe(3000);
});

test("an error is SQLite's own words", async () => {
	const { query } = run("select * from nowhere");
	await query.start();
	expect([query.state, query.error]).toEqual(["failed", "no such table: nowhere"]);
});

test("an error in a later batch leaves the rows before it", async () => {
	const { query } = run(
		"select iif(n < 700, n, abs(-9223372036854775807 - 1)) from t",
		[
			"create table t(n)",
			"insert into t with recursive c(n) as (select 1 union all select n + 1 from c limit 800) select n from c",
		].join(";"),
	);
	await query.start();
	await query.fetchMore();
	expect([query.state, query.rows.rowCount, query.error]).toEqual(["failed", 500, "integer overflow"]);
});

test("a cancelled run stays cancelled, and its session answers the next", async () => {
	const { query, session } = run(thousands);
	const started = query.start();
	query.cancel();
	expect(query.state).toBe("cancelled");
	await started;
	expect([query.state, query.rows.rowCount]).toEqual(["cancelled", 0]);

	const next = new QueryRun("select 1", session, () => {});
	await next.start();
	expect(next.state).toBe("done");
});

test("a run that is released in between leaves the engine as it is", async () => {
	const { query, session } = run(thousands);
	await query.start();
	query.release();
	const next = new QueryRun("select 1", session, () => {});
	await next.start();
	expect([query.state, next.state]).toEqual(["more", "done"]);
});
