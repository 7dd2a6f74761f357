import { expect, test } from "vitest";
import { StoreLayouts } from "../../../src/extension/panel/storeLayouts";
import { MAX_LAYOUT_NAME } from "../../../src/protocol/columnLayouts";
import { workspace } from "./workspace";

const columns = { order: [1, 0], hidden: [0], pinned: [1], widths: [[1, 120]] };

test("the layouts of a store are kept, one of each, the last first", async () => {
	const layouts = new StoreLayouts(workspace());
	await layouts.keep("file:///a", { of: "t", columns });
	await layouts.keep("file:///a", { of: "u", columns });
	await layouts.keep("file:///a", { of: "t", columns: { ...columns, hidden: [] } });
	expect(layouts.of("file:///a")).toEqual([
		{ of: "t", columns: { ...columns, hidden: [] } },
		{ of: "u", columns },
	]);
	expect(layouts.of("file:///b")).toEqual([]);
	for (let other = 0; other < 100; other++) await layouts.keep("file:///a", { of: `t${other}`, columns });
	expect(layouts.of("file:///a").map(({ of }) => of)).toEqual(Array.from({ length: 100 }, (_, n) => `t${99 - n}`));
});

test.each([
	["nothing", undefined],
	["no name", { columns }],
	["a name beyond measure", { of: "x".repeat(MAX_LAYOUT_NAME + 1), columns }],
	["a column twice", { of: "t", columns: { ...columns, order: [0, 0] } }],
	["a column that is not there", { of: "t", columns: { ...columns, order: [0, 2] } }],
	["no columns", { of: "t", columns: { ...columns, hidden: "0" } }],
	["widths that are none", { of: "t", columns: { ...columns, widths: [[0, -1]] } }],
])("%s is no layout, sent or kept", async (_, value) => {
	const kept = workspace();
	await expect(new StoreLayouts(kept).keep("file:///a", value)).rejects.toThrow("no layout");
	expect(new StoreLayouts({ ...kept, get: () => [value] }).of("file:///a")).toEqual([]);
});
