import { expect, test } from "vitest";
import { columnWidths, widenForNumbers } from "../../../src/webview/columnWidths";

test("a column is as wide as its name or its widest value, within bounds", () => {
	const rows = [
		[1n, "eight ch", "x".repeat(400), Uint8Array.of(1, 2)],
		[22n, "", "", null],
	];
	expect(columnWidths(["a", "b", "c", "a long name that says much"], rows)).toEqual([5, 8, 45, 26]);
});

test("a number widens its column, a text does not", () => {
	const widths = [5, 5];
	expect(widenForNumbers(widths, [[12345n, "longer than five"], undefined])).toBe(widths);
	expect(
		widenForNumbers(widths, [
			[1234567n, 1.25],
			[12n, -1.2345678],
		]),
	).toEqual([7, 10]);
});
