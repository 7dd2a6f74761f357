import { expect, test } from "vitest";
import { numericColumns } from "../../../../src/webview/grid/numericColumns";

test("a column is numeric that holds numbers, and nothing else but NULL", () => {
	const rows = [
		[1n, 1.5, "1", null, null, 3n],
		[null, 2n, 2n, null, Uint8Array.of(1), 4n],
	];
	expect([...numericColumns(6, rows)]).toEqual([0, 1, 5]);
	expect([...numericColumns(2, [])]).toEqual([]);
});
