import { expect, test } from "vitest";
import { moveInGrid } from "../../../../src/webview/grid/gridPosition";

const size = { rows: 100, columns: 5, pageRows: 20 };

test.each([
	["ArrowDown", false, 51, 2],
	["ArrowUp", false, 49, 2],
	["ArrowRight", false, 50, 3],
	["ArrowLeft", false, 50, 1],
	["PageDown", false, 70, 2],
	["PageUp", false, 30, 2],
	["Home", false, 50, 0],
	["End", false, 50, 4],
	["Home", true, 0, 0],
	["End", true, 99, 4],
	["ArrowDown", true, 99, 2],
	["ArrowUp", true, 0, 2],
	["ArrowRight", true, 50, 4],
	["ArrowLeft", true, 50, 0],
])("%s, with Ctrl: %s", (key, ctrl, row, column) => {
	expect(moveInGrid({ row: 50, column: 2 }, { key, ctrl }, size)).toEqual({ row, column });
});

test("nothing moves over the edge", () => {
	expect(moveInGrid({ row: 0, column: 0 }, { key: "PageUp", ctrl: false }, size)).toEqual({ row: 0, column: 0 });
	expect(moveInGrid({ row: 99, column: 4 }, { key: "ArrowRight", ctrl: false }, size)).toEqual({ row: 99, column: 4 });
	const empty = { rows: 0, columns: 0, pageRows: 20 };
	expect(moveInGrid({ row: 0, column: 0 }, { key: "End", ctrl: true }, empty)).toEqual({ row: 0, column: 0 });
});

test("other keys do not move", () => {
	expect(moveInGrid({ row: 0, column: 0 }, { key: "a", ctrl: false }, size)).toBeUndefined();
});
