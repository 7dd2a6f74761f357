import { expect, test } from "vitest";
import type { SqlValue } from "../../../../src/protocol/values";
import { CELL_LIMITS, formatCell, formatWhole } from "../../../../src/webview/cell/formatValue";

const long = "é".repeat(CELL_LIMITS.characters);

test.each<[SqlValue, string, string, string]>([
	[null, "null", "NULL", ""],
	["", "text", "", ""],
	["NULL", "text", "NULL", ""],
	[9007199254740993n, "integer", "9007199254740993", ""],
	[-9223372036854775808n, "integer", "-9223372036854775808", ""],
	[1, "real", "1.0", ""],
	[-0, "real", "-0.0", ""],
	[0.1, "real", "0.1", ""],
	[1e21, "real", "1e+21", ""],
	[123456789012345680000, "real", "123456789012345680000.0", ""],
	[Number.POSITIVE_INFINITY, "real", "Infinity", ""],
	[Number.NEGATIVE_INFINITY, "real", "-Infinity", ""],
	[new Uint8Array(), "blob", "x''", "(0 bytes)"],
	[Uint8Array.of(10), "blob", "x'0a'", "(1 byte)"],
	[new Uint8Array(2000), "blob", `x'${"00".repeat(16)}…'`, "(2,000 bytes)"],
	[{ invalidText: Uint8Array.of(0xff, 0x41) }, "invalid-text", "x'ff41'", "(invalid text, 2 bytes)"],
	[long, "text", long, ""],
	[`${long}é`, "text", `${long}…`, "(301 characters)"],
	// A pair at the limit is not cut in two, and counts as one character.
	[`${long.slice(1)}😀`, "text", `${long.slice(1)}…`, "(300 characters)"],
])("a cell shows %o as %s", (value, kind, text, note) => {
	expect(formatCell(value)).toEqual({ kind, text, note });
});

test.each<[SqlValue, string]>([
	[null, "NULL"],
	[5n, "5"],
	[5, "5.0"],
	[`${long}${long}\n`, `${long}${long}\n`],
	[new Uint8Array(100), `x'${"00".repeat(100)}'`],
	[{ invalidText: new Uint8Array(100).fill(255) }, `x'${"ff".repeat(100)}'`],
])("the whole of a value is copied", (value, text) => {
	expect(formatWhole(value)).toBe(text);
});
