import { expect, test } from "vitest";
import { numbersIn } from "../../../../src/webview/grid/selectionSummary";
import { selectionText } from "../../../../src/webview/grid/selectionText";
import { sourceOf } from "../sourceOf";

const all = (rows: number, columns: number) => ({ top: 0, bottom: rows - 1, left: 0, right: columns - 1 });

test("integers are summed exactly, beyond what any of them can be", () => {
	const max = 2n ** 63n - 1n;
	expect(numbersIn(sourceOf([max, "1"], [max, null], [-1n, Uint8Array.of(1)]), all(3, 2), [0, 1])).toEqual({
		numbers: 3,
		sum: "18446744073709551613",
		min: "-1",
		max: "9223372036854775807",
	});
});

test("a sum with reals in it is one, and is told as one", () => {
	expect(numbersIn(sourceOf([1n], [0.5], [Number.POSITIVE_INFINITY]), all(2, 1), [0])).toMatchObject({ sum: "1.5" });
	expect(numbersIn(sourceOf([1n], [1.0]), all(2, 1), [0])).toMatchObject({ sum: "2.0", min: "1", max: "1" });
	expect(numbersIn(sourceOf([9007199254740993n], [9007199254740992]), all(2, 1), [0])).toMatchObject({
		min: "9007199254740992.0",
		max: "9007199254740993",
	});
});

test("only the columns that are shown count", () => {
	expect(numbersIn(sourceOf([1n, 20n, 300n]), all(1, 2), [2, 0])).toMatchObject({ sum: "301" });
});

test("nothing is said of numbers where there are none, or rows are missing, or too many", () => {
	expect(numbersIn(sourceOf(["1"]), all(1, 1), [0])).toBeUndefined();
	expect(numbersIn(sourceOf([1n]), all(2, 1), [0])).toBeUndefined();
	expect(numbersIn({ ...sourceOf([1n]), row: () => [1n] }, all(100_001, 1), [0])).toBeUndefined();
});

test("what is selected, in words", () => {
	expect(selectionText(sourceOf([1n]), all(1, 1), [0])).toBe("");
	expect(selectionText(sourceOf([1n], [3n]), all(2, 1), [0])).toBe("2 cells · 2 numbers: sum 4, least 1, greatest 3");
	expect(selectionText(sourceOf(["a"], [3n]), all(2, 1), [0])).toBe("2 cells");
});
