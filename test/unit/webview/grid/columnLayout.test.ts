import { expect, test, vi } from "vitest";
import type { KeptLayout } from "../../../../src/protocol/columnLayouts";
import { ColumnLayout } from "../../../../src/webview/grid/columnLayout";
import { ColumnLayouts } from "../../../../src/webview/grid/columnLayouts";

const four = ColumnLayout.of(4);

test("columns move to the place of another, in both directions, and not beyond the ends", () => {
	expect(four.moveTo(0, 2).shown).toEqual([1, 2, 0, 3]);
	expect(four.moveTo(3, 1).shown).toEqual([0, 3, 1, 2]);
	expect(four.moveTo(1, 99).shown).toEqual([0, 2, 3, 1]);
	expect(four.moveTo(1, -1).shown).toEqual([1, 0, 2, 3]);
	expect(four.moveTo(2, 2)).toBe(four);
	expect(four.hide(1).moveTo(0, 1).show(1).shown).toEqual([1, 2, 0, 3]);
});

test("pinned columns stand first, and move among themselves", () => {
	const pinned = four.pin(2, true).pin(3, true);
	expect([pinned.shown, pinned.pinnedCount]).toEqual([[2, 3, 0, 1], 2]);
	expect(pinned.moveTo(2, 3).shown).toEqual([3, 2, 0, 1]);
	expect(pinned.moveTo(1, 0).shown).toEqual([2, 3, 1, 0]);
	expect(pinned.hide(2).pinnedCount).toBe(1);
	expect(pinned.pin(2, false).pin(3, false).shown).toEqual([0, 1, 2, 3]);
});

test("one column is always shown", () => {
	const last = four.hide(0).hide(1).hide(2);
	expect([last.shown, last.hiddenCount]).toEqual([[3], 3]);
	expect(last.hide(3)).toBe(last);
	expect(last.show(1).shown).toEqual([1, 3]);
	expect(last.showAll().shown).toEqual([0, 1, 2, 3]);
});

test("a width that was chosen stays with its column until it is taken back", () => {
	const wide = four.resize(1, 300).moveTo(1, 3).hide(0);
	expect([wide.widthOf(1), wide.widthOf(2)]).toEqual([300, undefined]);
	expect(wide.resize(1, undefined).widthOf(1)).toBeUndefined();
});

test("a result with the same columns, of the same table, has the layout of before, as long as it is remembered", () => {
	const layouts = new ColumnLayouts();
	const columns = ["a", "b"];
	layouts.set({ columns }, layouts.of({ columns }).hide(0));
	expect(layouts.of({ columns }).shown).toEqual([1]);
	expect(layouts.of({ columns, table: "t" }).shown).toEqual([0, 1]);
	expect(layouts.of({ columns: ["a,b"] }).shown).toEqual([0]);
	expect(layouts.of({ columns: ["b", "a"] }).shown).toEqual([0, 1]);
	for (let other = 0; other < 100; other++) layouts.set({ columns: [`c${other}`] }, ColumnLayout.of(1));
	expect(layouts.of({ columns }).shown).toEqual([0, 1]);
});

test("layouts are kept one at a time, the last of each, and are there again", async () => {
	const table = { columns: ["a", "b", "c"], table: "t" };
	const told: KeptLayout[] = [];
	let answer = () => {};
	const before = new ColumnLayouts();
	before.connect([], (layout) => {
		told.push(layout);
		return new Promise((resolve) => {
			answer = resolve;
		});
	});
	let layout = before.of(table).hide(1).pin(2, true);
	for (let px = 100; px <= 110; px++) {
		layout = layout.resize(0, px);
		before.set(table, layout);
	}
	expect(told.map(({ columns }) => columns.widths)).toEqual([[[0, 100]]]);
	answer();
	await vi.waitFor(() => expect(told.map(({ columns }) => columns.widths)).toEqual([[[0, 100]], [[0, 110]]]));

	const after = new ColumnLayouts();
	after.connect([told[1]!], async () => {});
	const again = after.of(table);
	expect([again.shown, again.pinnedCount, again.hiddenCount, again.widthOf(0)]).toEqual([[2, 0], 1, 1, 110]);
	expect(after.of({ ...table, columns: ["a", "b"] }).shown).toEqual([0, 1]);
});

test("what was kept with every column hidden shows them all", () => {
	expect(ColumnLayout.arranged({ order: [1, 0], hidden: [0, 1], pinned: [], widths: [] }).shown).toEqual([1, 0]);
});
