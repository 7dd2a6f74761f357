import { expect, test } from "vitest";
import { parsePanelState } from "../../../src/extension/panel/panelState";

test("a state that this version keeps is taken, and nothing else of it", () => {
	const kept: unknown = { storeUri: "file:///data", snapshot: "2-7-1", other: 1 };
	expect(parsePanelState(kept)).toEqual({ storeUri: "file:///data", snapshot: "2-7-1" });
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
