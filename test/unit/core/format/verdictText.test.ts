import { expect, test } from "vitest";
import { headlineText, nextStepText, type ToldVerdict } from "../../../../src/core/format/verdictText";

const t = (english: string, ...values: string[]): string =>
	english.replace(/\{(\d)\}/g, (_, at) => values[Number(at)] ?? "");

function told(verdicts: string): ToldVerdict[] {
	return [...verdicts].map((letter, at) => ({
		id: `s${at + 1}`,
		verdict: letter === "e" ? "exact" : letter === "p" ? "partial" : "none",
		upTo: letter === "p" ? "s1" : undefined,
	}));
}

test.each([
	["", true, "No snapshot was verified.", /no snapshot to start from/],
	["e", true, "The snapshot s1 can be restored exactly.", /^There is nothing to do\.$/],
	["eee", false, "All 3 snapshots can be restored exactly; the newest is s3.", /^No data is lost\. Look/],
	["epe", false, "2 of 3 snapshots can be restored exactly; the newest of them is s3.", /Older snapshots are damaged/],
	["epp", false, "1 of 3 snapshots can be restored exactly; the newest of them is s1.", /What came after s1 is lost/],
	["pp", false, "No snapshot can be restored exactly.", /up to the last sound commit/],
	["nn", false, "No snapshot can be restored exactly.", /start no node here/],
])("%s", (verdicts, sound, headline, next) => {
	expect(headlineText(told(verdicts), t)).toBe(headline);
	expect(nextStepText(told(verdicts), sound, t)).toMatch(next);
});
