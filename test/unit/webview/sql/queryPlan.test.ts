import { expect, test } from "vitest";
import { readPlan } from "../../../../src/webview/sql/queryPlan";
import { openSession } from "../openSession";

const leaf = (detail: string, scans = false) => ({ detail, scans, steps: [] });

test("a plan is a tree, with the steps that read everything told apart", async () => {
	const { session } = openSession(
		"create table t(a integer primary key, b)",
		"create table u(a)",
		"create index b on t(b)",
	);
	expect(await readPlan(session, "select 1 from t, u where t.b = u.a union all select :x")).toEqual([
		{
			detail: "COMPOUND QUERY",
			scans: false,
			steps: [
				{
					detail: "LEFT-MOST SUBQUERY",
					scans: false,
					steps: [leaf("SCAN u", true), leaf("SEARCH t USING COVERING INDEX b (b=?)")],
				},
				{ detail: "UNION ALL", scans: false, steps: [leaf("SCAN CONSTANT ROW")] },
			],
		},
	]);
	expect(await readPlan(session, "pragma page_size")).toEqual([]);
	await expect(readPlan(session, "delete from t")).rejects.toThrow("DELETE is refused");
});
