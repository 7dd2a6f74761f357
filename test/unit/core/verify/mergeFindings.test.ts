import { expect, test } from "vitest";
import type { Finding } from "../../../../src/core/verify/finding";
import { mergeFindings } from "../../../../src/core/verify/mergeFindings";

function torn(path: string, ...snapshots: readonly string[]): Finding {
	return { code: "wal-torn-frame", severity: "error", path, snapshots, message: `${path} was cut.`, advice: "" };
}

test("what is new stands behind what is known", () => {
	expect(mergeFindings([torn("a", "1-1-1")], [torn("b", "1-2-2")])).toEqual([torn("a", "1-1-1"), torn("b", "1-2-2")]);
});

test("what two snapshots show of one file is one finding, of both in snapshot order", () => {
	const known = [torn("a", "1-10-3"), torn("b", "1-2-2")];
	expect(mergeFindings(known, [torn("a", "1-9-2")])).toEqual([torn("a", "1-9-2", "1-10-3"), torn("b", "1-2-2")]);
	expect(mergeFindings(known, [torn("b", "1-2-2")])).toBe(known);
});
