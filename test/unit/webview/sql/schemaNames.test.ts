import { expect, test } from "vitest";
import { readSchemaNames } from "../../../../src/webview/sql/schemaNames";
import { openSession } from "../openSession";

test("names are those of tables, views and functions; what cannot be asked for has no columns", async () => {
	const { session } = openSession(
		'create table "odd.name"(a integer primary key, "b c" text, d as (a + 1) stored)',
		'create view good as select a as x, 1 as y from "odd.name"',
		"create view bad as select * from nowhere",
		"create virtual table places using fts5(p)",
	);
	const objects = await session.ask((engine) => engine.schema());
	const { tables, functions } = await readSchemaNames(session, objects);
	const named = Object.fromEntries(
		tables.map(({ name, kind, columns }) => [name, [kind, ...columns.map((c) => c.name)]]),
	);
	expect(named).toMatchObject({
		"odd.name": ["table", "a", "b c", "d"],
		good: ["view", "x", "y"],
		bad: ["view"],
	});
	expect(named["places"]).toBeUndefined();
	expect(tables.find(({ name }) => name === "odd.name")?.columns[0]).toEqual({ name: "a", type: "INTEGER" });
	expect(functions).toEqual(expect.arrayContaining(["abs", "json_extract", "row_number", "strftime"]));
});
