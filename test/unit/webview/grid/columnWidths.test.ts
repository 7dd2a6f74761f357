import { expect, test } from "vitest";
import { columnWidths, fittingWidth, widenForNumbers } from "../../../../src/webview/grid/columnWidths";

test("a column is as wide as its name or its widest value, within bounds", () => {
	const rows = [
		[1n, "eight ch", "x".repeat(400), Uint8Array.of(1, 2)],
		[22n, "", "", null],
	];
	expect(columnWidths({ columns: ["a", "b", "c", "a long name that says much"] }, rows)).toEqual([5, 8, 45, 26]);
});

test("a number widens its column, a text does not", () => {
	const widths = [5, 5];
	expect(widenForNumbers(widths, [[12345n, "longer than five"], undefined], [0, 1])).toBe(widths);
	const rows = [
		[1234567n, 1.25],
		[12n, -1.2345678],
	];
	expect(widenForNumbers(widths, rows, [0, 1])).toEqual([7, 10]);
	expect(widenForNumbers(widths, rows, [1])).toEqual([5, 10]);
});

test("a column fits its widest cell, notes and all", () => {
	const rows = [[new Uint8Array(20)], ["x".repeat(60)], [null]];
	expect(fittingWidth({ columns: ["name"] }, 0, rows)).toBe(60);
	expect(fittingWidth({ columns: ["n", "a name that is longer than most are"] }, 1, rows)).toBe(35);
	expect(fittingWidth({ columns: ["n"] }, 0, [])).toBe(5);
});

test("a column has room for its type, up to a point, and for all of it where it is to fit", () => {
	const headings = { columns: ["id", "bare", "price"], types: ["INTEGER", "", "DECIMAL(10, 5) UNSIGNED"] };
	expect(columnWidths(headings, [])).toEqual([10, 5, 18]);
	expect(headings.columns.map((_, column) => fittingWidth(headings, column, []))).toEqual([10, 5, 29]);
});
