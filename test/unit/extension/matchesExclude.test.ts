import { expect, test } from "vitest";
import { matchesExclude } from "../../../src/extension/stores/matchesExclude";

test.each([
	["node_modules", "a/node_modules", true],
	["node_modules", "a/node_modules2", false],
	["*.bak", "a/b/old.bak", true],
	["data?", "data1", true],
	["data?", "a/data", false],
	["**/target", "target", true],
	["**/target", "a/b/target", true],
	["a/*/c", "a/b/c", true],
	["a/*/c", "a/b/b/c", false],
	["a/**/c", "a/b/b/c", true],
	["a/**/c", "a/c", true],
	["/top/x", "top/x", true],
	["a/**", "a/b/c", true],
	["(a+b)[c]", "(a+b)[c]", true],
	[".git", "xgit", false],
])("%s leaves out %s: %s", (pattern, path, expected) => {
	const name = path.slice(path.lastIndexOf("/") + 1);
	expect(matchesExclude([pattern], name, path)).toBe(expected);
});

test("no pattern leaves nothing out", () => {
	expect(matchesExclude([], "node_modules", "node_modules")).toBe(false);
});
