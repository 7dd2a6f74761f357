import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FINDING_CODES } from "../../../src/core/verify/finding";
import { parseExplanations } from "../../../src/extension/verification/explanations";
import { projectRoot } from "../../support/projectRoot";

const readme = readFileSync(join(projectRoot, "README.md"), "utf8");

test("the README explains every code, in the order in which they are declared", () => {
	expect([...parseExplanations(readme).keys()]).toEqual(Object.keys(FINDING_CODES));
});

test("each says how bad it is, what it means, what a node does, and what to do", () => {
	for (const [code, explanation] of parseExplanations(readme)) {
		const { severity, ...texts } = explanation;
		expect(
			severity.split(" or ").every((word) => ["error", "warning", "info"].includes(word)),
			code,
		).toBe(true);
		for (const text of Object.values(texts)) expect(text, code).toMatch(/^\S.*\.$/);
	}
});

test("rows of other tables, and codes that are none, are left out", () => {
	const text =
		"| `wal-empty` | two columns |\n| `nothing-such` | error | a | b | c |\n| `wal-empty` | info | a | b | c |\n";
	expect([...parseExplanations(text)]).toEqual([
		["wal-empty", { severity: "info", meaning: "a", node: "b", remedy: "c" }],
	]);
});
