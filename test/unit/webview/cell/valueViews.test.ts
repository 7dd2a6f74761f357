import { expect, test } from "vitest";
import type { SqlValue } from "../../../../src/protocol/values";
import { jsonRows } from "../../../../src/webview/cell/jsonRows";
import { parseJson } from "../../../../src/webview/cell/parseJson";
import { valueViews } from "../../../../src/webview/cell/valueViews";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

test.each<readonly [SqlValue, readonly string[]]>([
	[null, []],
	[1n, []],
	[1.5, []],
	["plain", ["text"]],
	["", ["text"]],
	["[not json", ["text"]],
	[' {"a": 1}', ["tree", "text"]],
	["7", ["text"]],
	[text('{"a": 1}'), ["tree", "text", "hex"]],
	[text("plain"), ["hex", "text"]],
	[new Uint8Array(), ["hex"]],
	[Uint8Array.of(0xff, 0), ["hex"]],
	[Uint8Array.of(1, 2, 3), ["hex"]],
	[{ invalidText: Uint8Array.of(0xff) }, ["hex"]],
])("ways to look at value %#", (value, kinds) => {
	expect(valueViews(value).map(({ kind }) => kind)).toEqual(kinds);
});

test.each(["{'a': 1}", "[1,]", "[1] x", "[// c\n1]", '["\\x"]', "[01]", "[", '{"a"}', "[1 2]"])(
	"%s is no JSON",
	(json) => {
		expect(parseJson(json)).toBeUndefined();
	},
);

test("JSON that is nested without end is shown as text", () => {
	const deep = "[".repeat(500_000) + "]".repeat(500_000);
	expect(valueViews(deep).map(({ kind }) => kind)).toEqual(["text"]);
});

test("a tree shows members twice named, in their order, and what __proto__ holds", () => {
	const root = parseJson('{"b": 1, "__proto__": {"x": 2}, "b": [], "1": 3}')!;
	const rows = jsonRows(root, new Map([[root, 100]]));
	expect(rows.map(({ key, level, position, siblings, open }) => [key, level, position, siblings, open])).toEqual([
		[undefined, 1, 1, 1, true],
		["b", 2, 1, 4, undefined],
		["__proto__", 2, 2, 4, false],
		["b", 2, 3, 4, undefined],
		["1", 2, 4, 4, undefined],
	]);
});
