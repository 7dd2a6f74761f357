import { expect, test } from "vitest";
import { absolutePath } from "../../../src/extension/stores/absolutePath";

test.each([
	["/var/lib/rqlite", "/var/lib/rqlite"],
	["/var/lib/rqlite/", "/var/lib/rqlite"],
	["/", "/"],
	["~", "/home/ann"],
	["~/data", "/home/ann/data"],
	["$" + "{userHome}", "/home/ann"],
	["$" + "{userHome}/data/node1", "/home/ann/data/node1"],
	["~ann/data", undefined],
	["data", undefined],
	["../data", undefined],
	["$" + "{workspaceFolder}/data", undefined],
])("%s", (setting, path) => {
	expect(absolutePath(setting, "/home/ann")).toBe(path);
});
