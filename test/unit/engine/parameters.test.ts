import { describe, expect, test } from "vitest";
import type { Row, SqlValue } from "../../../src/protocol/values";
import { utf16Chain } from "../../support/sqlite/utf16Chain";
import { openDatabase, written } from "./openDatabase";

async function answered(sql: string, parameters: Row): Promise<Row | undefined> {
	const cursor = (await openDatabase(written("create table t(a)"))).query(sql, parameters);
	const row = cursor.next();
	cursor.close();
	return row;
}

describe("a parameter is the value that it was given", () => {
	test.each<readonly [SqlValue, string]>([
		[null, "null"],
		[0n, "integer"],
		[-(2n ** 31n), "integer"],
		[2n ** 31n, "integer"],
		[2n ** 53n + 1n, "integer"],
		[2n ** 63n - 1n, "integer"],
		[-(2n ** 63n), "integer"],
		[1.5, "real"],
		[3, "real"],
		[Number.NEGATIVE_INFINITY, "real"],
		["", "text"],
		["é漢🌀\0'?", "text"],
		[{ invalidText: Uint8Array.of(0xff, 0x41) }, "text"],
		[new Uint8Array(0), "blob"],
		[Uint8Array.of(0, 255), "blob"],
	])("%s", async (value, type) => {
		expect(await answered("select ?, typeof(?1)", [value])).toEqual([value, type]);
	});

	test("wherever it stands, beside integers of more than 32 bits", async () => {
		const wide = 2n ** 40n;
		expect(await answered("select ?2, 7-?1, '?', :a, ?, :a", [-wide, "two", "three", wide])).toEqual([
			"two",
			7n + wide,
			"?",
			"three",
			wide,
			"three",
		]);
	});

	test("in a database in UTF-16", async () => {
		const database = await openDatabase((await utf16Chain("UTF-16be", ["create table t(a)"])).base);
		expect(database.query("select ?", ["é🌀"]).next()).toEqual(["é🌀"]);
		expect(() => database.query("select ?", [{ invalidText: Uint8Array.of(0xd8, 0) }])).toThrow("not valid");
	});
});

test("parameters without a value are NULL, values without a parameter an error", async () => {
	expect(await answered("select ?, ?", [1n])).toEqual([1n, null]);
	await expect(answered("select ?", [1n, 2n])).rejects.toThrow("column index out of range");
});

describe("a statement that is run again", () => {
	const SQL = "select ?1, ?2";

	test("has its new values, and NULL where it is given none", async () => {
		const database = await openDatabase(written("create table t(a)"));
		const answers = [["one", 1n], [2.5], [], ["one", 1n]].map((values) => {
			const cursor = database.query(SQL, values);
			const row = cursor.next();
			cursor.close();
			return row;
		});
		expect(answers).toEqual([
			["one", 1n],
			[2.5, null],
			[null, null],
			["one", 1n],
		]);
	});

	test("does not disturb itself", async () => {
		const database = await openDatabase(written("create table t(a); insert into t values(1), (2), (3)"));
		const from = (least: bigint) => database.query("select a from t where a >= ?", [least]);
		const [first, second] = [from(1n), from(2n)];
		expect([first.next(), second.next(), first.next(), second.next(), second.next()]).toEqual([
			[1n],
			[2n],
			[2n],
			[3n],
			undefined,
		]);
		const third = from(3n);
		expect([third.next(), first.next(), first.next(), third.next()]).toEqual([[3n], [3n], undefined, undefined]);
	});

	test("answers again after it has failed, and as long as others come and go", async () => {
		const database = await openDatabase(written("create table t(a)"));
		const once = (sql: string, value: SqlValue) => {
			const cursor = database.query(sql, [value]);
			const row = cursor.next();
			cursor.close();
			return row;
		};
		expect(() => once("select abs(?)", -(2n ** 31n) * 2n ** 32n)).toThrow(/integer overflow/);
		expect(once("select json(?)", "1")).toEqual(["1"]);
		expect(() => once("select json(?)", "no JSON")).toThrow(/malformed JSON/);
		expect(once("select json(?)", "2")).toEqual(["2"]);
		for (let n = 0; n < 100; n++) expect(once(`select ${n} + ?`, 1n)).toEqual([BigInt(n + 1)]);
		expect(once("select 0 + ?", 2n)).toEqual([2n]);
		database.close();
	});
});
