import { expect, test } from "vitest";
import { parsePanelState } from "../../../src/extension/panel/panelState";
import { MAX_KEPT_SQL } from "../../../src/protocol/page";

test("a state that this version keeps is taken, and nothing else of it", () => {
	const kept: unknown = { storeUri: "file:///data", snapshot: "2-7-1", other: 1 };
	expect(parsePanelState(kept)).toEqual({ storeUri: "file:///data", snapshot: "2-7-1" });
});

test("the text of the SQL field is kept, unless it is none or too long", () => {
	const state = { storeUri: "file:///data", snapshot: "2-7-1" };
	expect(parsePanelState({ ...state, sql: "select 1" })).toEqual({ ...state, sql: "select 1" });
	for (const sql of [1, null, "x".repeat(MAX_KEPT_SQL + 1)]) expect(parsePanelState({ ...state, sql })).toEqual(state);
});

test.each([
	undefined,
	null,
	7,
	"text",
	[],
	{},
	{ storeUri: "file:///data" },
	{ storeUri: 1, snapshot: "2-7-1" },
	{ storeUri: "", snapshot: "" },
])("%j is no state", (value) => {
	expect(parsePanelState(value)).toBeUndefined();
});
