import { expect, test } from "vitest";
import type { Finding } from "../../../src/core/verify/finding";
import { pageFindings } from "../../../src/extension/panel/pageFindings";

const finding: Finding = {
	code: "wal-torn-frame",
	severity: "error",
	path: "wal",
	offset: 32,
	frame: 1,
	snapshots: ["1-2-3"],
	message: "wal was cut.",
	advice: "Take a backup.",
};

test("findings of a page are taken as they are, and nothing beside them", () => {
	const { offset, frame, ...placeless } = finding;
	expect(pageFindings([finding, placeless, { ...finding, other: 1 }])).toEqual([finding, placeless, finding]);
	expect(pageFindings([{ ...finding, offset: "32", frame: 1.5 }])).toEqual([placeless]);
});

test.each([
	["no list", finding],
	["no object", [null, "text"]],
	["an unknown code", [{ ...finding, code: "toString" }]],
	["an unknown severity", [{ ...finding, severity: "fatal" }]],
	["a path that is no text", [{ ...finding, path: {} }]],
	["a snapshot that is no text", [{ ...finding, snapshots: [1] }]],
	["no snapshots", [{ ...finding, snapshots: undefined }]],
])("%s is no finding", (_, value) => {
	expect(pageFindings(value)).toEqual([]);
});
