import { expect, test } from "vitest";
import { sqlStatements } from "../../../../src/core/sqlite/sqlStatements";
import { QueryRun } from "../../../../src/webview/sql/queryRun";
import { MAX_STATEMENTS, ScriptRun } from "../../../../src/webview/sql/scriptRun";
import { openSession } from "../openSession";

const COUNTING = "with recursive n(i) as (select 1 union all select i + 1 from n limit 3000) select i from n";

function script(sql: string) {
	const { session } = openSession("create table t(a)");
	const statements = sqlStatements(sql).map((statement) => ({ ...statement, parameters: [] }));
	return { session, run: new ScriptRun(statements, session, () => {}) };
}

test("every statement has a result of its own", async () => {
	const { run } = script(`select 1; ${COUNTING}; select 'a' as x, 'b' as y where 0; pragma foreign_key_check`);
	await run.start();
	expect(run.runs.map(({ state, columns, rowCount }) => [state, columns, rowCount])).toEqual([
		["done", ["1"], 1],
		["more", ["i"], 500],
		["done", ["x", "y"], 0],
		["done", ["table", "rowid", "parent", "fkid"], 0],
	]);
	await run.runs[1]!.fetchMore();
	expect(run.runs[1]!.row(2499)).toEqual([2500n]);
	expect(run.busy).toBe(false);
});

test("the first error stops, whether it is SQLite's or a refusal", async () => {
	for (const [wrong, place] of [
		["select x from t", "x"],
		["drop table t", "drop table t"],
	] as const) {
		const sql = `select 1; ${wrong}; select 2`;
		const { run } = script(sql);
		await run.start();
		expect(run.runs.map(({ state }) => state)).toEqual(["done", "failed"]);
		expect(run.faults.map(({ from, to }) => sql.slice(from, to))).toEqual([place]);
	}
});

test("cancelling ends all that is not here yet, and a result is not mixed up with one of a later engine", async () => {
	const { run, session } = script(`${COUNTING}; select count(*) from (${COUNTING}), t; ${COUNTING}; select 4`);
	const started = run.start();
	while (run.runs[1]?.state !== "running") await new Promise((resolve) => setTimeout(resolve));
	run.cancel();
	await started;
	expect(run.runs.map(({ state, rowCount }) => [state, rowCount])).toEqual([
		["cancelled", 500],
		["cancelled", 0],
	]);

	const before = new QueryRun(COUNTING, session, () => {});
	await before.start();
	const waiting = session.ask((engine) => engine.schema()).catch(() => {});
	session.interrupt();
	await waiting;
	const after = new QueryRun("select 'other' as i", session, () => {});
	await after.start();
	await before.fetchMore();
	expect([before.state, before.error, before.rowCount]).toEqual(["failed", "The result is closed.", 500]);
});

test("no more statements are run than there is room for, and that is said", async () => {
	const { run } = script("select 1;".repeat(MAX_STATEMENTS + 5));
	await run.start();
	expect(run.runs).toHaveLength(MAX_STATEMENTS);
	expect(run.note).toBe("Of 35 statements the first 30 are run.");
});
