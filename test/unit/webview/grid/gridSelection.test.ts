import { expect, test } from "vitest";
import { cellCount, GridSelection, isInArea } from "../../../../src/webview/grid/gridSelection";

const SIZE = { rows: 10, columns: 4 };
const at = (row: number, column: number) => ({ row, column });

test("a selection spans the rectangle to where it began, in every direction", () => {
	const begun = new GridSelection().to(at(5, 2), "cells", false);
	expect(begun.areaIn(SIZE)).toEqual({ top: 5, bottom: 5, left: 2, right: 2 });
	expect(begun.to(at(7, 3), "cells", true).areaIn(SIZE)).toEqual({ top: 5, bottom: 7, left: 2, right: 3 });
	expect(begun.to(at(7, 3), "cells", true).to(at(4, 0), "cells", true).areaIn(SIZE)).toEqual({
		top: 4,
		bottom: 5,
		left: 0,
		right: 2,
	});
});

test("rows, columns and everything go from edge to edge", () => {
	const range = new GridSelection().to(at(5, 2), "cells", false).to(at(6, 1), "cells", true);
	expect(range.to(range.active, "rows", true).areaIn(SIZE)).toEqual({ top: 5, bottom: 6, left: 0, right: 3 });
	expect(range.to(range.active, "columns", true).areaIn(SIZE)).toEqual({ top: 0, bottom: 9, left: 1, right: 2 });
	expect(range.all().areaIn(SIZE)).toEqual({ top: 0, bottom: 9, left: 0, right: 3 });
	expect(range.all().areaIn({ rows: 0, columns: 4 })).toEqual({ top: 0, bottom: 0, left: 0, right: 3 });
	expect(range.all().collapsed().areaIn(SIZE)).toEqual({ top: 6, bottom: 6, left: 1, right: 1 });
});

test("an area knows its cells", () => {
	const area = { top: 1, bottom: 3, left: 0, right: 1 };
	expect(cellCount(area)).toBe(6);
	expect([at(1, 0), at(3, 1), at(0, 0), at(4, 1), at(2, 2)].map((position) => isInArea(area, position))).toEqual([
		true,
		true,
		false,
		false,
		false,
	]);
});
