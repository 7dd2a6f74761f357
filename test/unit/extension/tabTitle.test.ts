import { expect, test } from "vitest";
import { tabTitle } from "../../../src/extension/panel/tabTitle";

test("a tab names its store only where another store's has the same snapshot", () => {
	const tabs = [
		{ snapshot: "2-7-1", place: "a/snapshots" },
		{ snapshot: "2-7-1", place: "b/snapshots" },
		{ snapshot: "2-9-2", place: "b/snapshots" },
	];
	expect(tabs.map((tab) => tabTitle(tab, tabs))).toEqual(["2-7-1 · a/snapshots", "2-7-1 · b/snapshots", "2-9-2"]);
	expect(tabTitle({ snapshot: "2-7-1", place: "b" }, [])).toBe("2-7-1");
	expect(tabTitle({ snapshot: "\u202e1", place: "b" }, [])).toBe("\\u{202e}1");
});
