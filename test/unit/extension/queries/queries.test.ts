import { describe, expect, test } from "vitest";
import type { Kept } from "../../../../src/extension/queries/kept";
import { MAX_QUERY_CHARACTERS, QueryHistory } from "../../../../src/extension/queries/queryHistory";
import { SavedQueries } from "../../../../src/extension/queries/savedQueries";
import { parsePageQuery } from "../../../../src/protocol/pageQuery";
import { workspace } from "../workspace";

describe("the history of a store", () => {
	test("is newest first, each query once, and of that store alone", async () => {
		const history = new QueryHistory(workspace());
		for (const sql of ["select 1", "select 2", " select 1\n", "", " "]) await history.add("file:///a", sql);
		await history.add("file:///b", "select 3");
		expect([history.of("file:///a"), history.of("file:///b"), history.of("file:///c")]).toEqual([
			["select 1", "select 2"],
			["select 3"],
			[],
		]);
	});

	test("has an end", async () => {
		const history = new QueryHistory(workspace());
		await history.add("file:///a", "x".repeat(MAX_QUERY_CHARACTERS + 1));
		expect(history.of("file:///a")).toEqual([]);
		for (let n = 0; n < 150; n++) await history.add("file:///a", `select ${n}`);
		expect(history.of("file:///a")).toHaveLength(100);
		expect(history.of("file:///a").at(-1)).toBe("select 50");
		for (let n = 0; n < 50; n++) await history.add("file:///a", `${n}`.padEnd(MAX_QUERY_CHARACTERS, "x"));
		expect(history.of("file:///a")).toHaveLength(25);
	});

	test("forgets what it is told to, and leaves nothing when that is all", async () => {
		const kept = workspace();
		const history = new QueryHistory(kept);
		for (const sql of ["a", "b", "c"]) await history.add("file:///a", sql);
		await history.remove("file:///a", ["b"]);
		expect(history.of("file:///a")).toEqual(["c", "a"]);
		await history.remove("file:///a", ["a", "c"]);
		expect(kept.values.size).toBe(0);
	});
});

test("saved queries have names, sorted, that can be changed and be taken from another", async () => {
	const kept = workspace();
	const saved = new SavedQueries(kept);
	await saved.save({ name: "orders", sql: "1" });
	await saved.save({ name: "customers", sql: "2" });
	await saved.save({ name: "orders", sql: "3" });
	expect(saved.all).toEqual([
		{ name: "customers", sql: "2" },
		{ name: "orders", sql: "3" },
	]);
	await saved.rename("customers", "people");
	await saved.rename("nobody", "x");
	expect(saved.all.map(({ name }) => name)).toEqual(["orders", "people"]);
	await saved.rename("people", "orders");
	expect(saved.all).toEqual([{ name: "orders", sql: "2" }]);
	await saved.remove(["orders"]);
	expect(kept.values.size).toBe(0);
});

test("no more queries are saved than there is room for", async () => {
	const saved = new SavedQueries(workspace());
	for (let n = 0; n < 500; n++) await saved.save({ name: `${n}`, sql: "" });
	await expect(saved.save({ name: "one more", sql: "" })).rejects.toThrow("500 saved queries");
});

test("what VS Code kept is not believed", () => {
	const odd: Kept = { get: () => [1, null, { name: 5 }, "select 1", { name: "a", sql: "b" }], update: async () => {} };
	expect(new QueryHistory(odd).of("file:///a")).toEqual(["select 1"]);
	expect(new SavedQueries(odd).all).toEqual([{ name: "a", sql: "b" }]);
});

test("what a page sends as a query is looked at", () => {
	const parameters = { ":a": { type: "integer", text: "1" }, ":b": { type: "date", text: "1" }, ":c": null };
	expect(parsePageQuery({ sql: "select :a", parameters, more: 1 })).toEqual({
		sql: "select :a",
		parameters: { ":a": { type: "integer", text: "1" } },
	});
	for (const wrong of [null, "select 1", { sql: 1, parameters: {} }, { sql: "select 1" }]) {
		expect(() => parsePageQuery(wrong)).toThrow(TypeError);
	}
});
