import { expect, test } from "vitest";
import { openDatabase, rowsOf, written } from "./openDatabase";

test("functions are SQLite's own, not those that sql.js would put in their place", async () => {
	const database = await openDatabase(written("create table t(a)"));
	expect(rowsOf(database, "select log(100), ceil(1.5), pi(), sign(-2)")).toEqual([[2, 2, Math.PI, -1n]]);
	expect(() => database.query("select reverse('abc')")).toThrow("no such function: reverse");
});
