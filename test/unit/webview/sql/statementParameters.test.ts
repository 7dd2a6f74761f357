import { expect, test } from "vitest";
import type { ParameterInput } from "../../../../src/protocol/pageQuery";
import { parameterValue } from "../../../../src/webview/sql/parameterValue";
import { parameterNames, statementAt, statementsOf } from "../../../../src/webview/sql/statementParameters";

const SQL = "select ?, :a; select ?2, @b, :a; select ?, '?'";

test("parameters of a text have a name each, and statements the values by position", () => {
	expect(parameterNames(SQL)).toEqual(["? 1", ":a", "?2", "@b", "? 2"]);
	const all = statementsOf(SQL, { from: 0, to: SQL.length }, (name) => `value of ${name}`);
	expect(all).toEqual([
		{ text: "select ?, :a", start: 0, parameters: ["value of ? 1", "value of :a"] },
		{ text: "select ?2, @b, :a", start: 14, parameters: [null, "value of ?2", "value of @b", "value of :a"] },
		{ text: "select ?, '?'", start: 33, parameters: ["value of ? 2"] },
	]);
	// What is selected keeps the names that its parameters have in the whole.
	expect(statementsOf(SQL, { from: 32, to: SQL.length }, (name) => name)).toEqual([
		{ text: "select ?, '?'", start: 33, parameters: ["? 2"] },
	]);
});

test.each([
	[{ from: 3, to: 3 }, 0],
	[{ from: 14, to: 14 }, 14],
	[{ from: 20, to: 20 }, 14],
	[{ from: 0, to: 25 }, 14],
	[{ from: SQL.length, to: SQL.length }, 33],
])("at %j stands the statement that begins at %i", (selection, start) => {
	expect(statementAt(SQL, selection)?.start).toBe(start);
});

test("before the first statement the first is meant, and without one none", () => {
	expect(statementAt("  -- one\nselect 1", { from: 0, to: 0 })?.text).toBe("select 1");
	expect(statementAt(" ; ", { from: 0, to: 0 })).toBeUndefined();
});

test.each<[ParameterInput["type"], string, unknown]>([
	["text", " 1 ", " 1 "],
	["null", "whatever", null],
	["integer", " 9223372036854775807 ", 9223372036854775807n],
	["integer", "+5", 5n],
	["integer", "-9223372036854775808", -9223372036854775808n],
	["real", "-1.5e3", -1500],
	["real", ".5", 0.5],
	["blob", "00 fF", new Uint8Array([0, 255])],
	["blob", "", new Uint8Array(0)],
])("%s %s is a value", (type, text, value) => {
	expect(parameterValue({ type, text })).toEqual({ value });
});

test.each<[ParameterInput["type"], string]>([
	["integer", ""],
	["integer", "9223372036854775808"],
	["integer", "1.0"],
	["integer", "0x10"],
	["real", "one"],
	["real", "."],
	["blob", "0"],
	["blob", "xy"],
])("%s %j is no value", (type, text) => {
	expect(parameterValue({ type, text })).toEqual({ error: expect.stringMatching(/needed/) });
});
