import { expect, test } from "vitest";
import type { ReportFinding, ReportGeneration, ReportSnapshot } from "../../../../src/protocol/report";
import { chainBars, largestBar } from "../../../../src/webview/report/chainBars";

function snapshot(id: string, sizes: readonly number[]): ReportSnapshot {
	return {
		id,
		path: `g/${id}`,
		kind: "incremental",
		term: "1",
		index: "1",
		createdAt: undefined,
		files: sizes.map((sizeBytes, at) => ({ path: `g/${id}/${at}`, sizeBytes })),
		verdict: "exact",
		upTo: undefined,
		cause: undefined,
	};
}

function finding(path: string, offset?: number, severity: ReportFinding["severity"] = "error"): ReportFinding {
	const place = offset === undefined ? {} : { offset };
	return { code: "wal-torn-frame", severity, path, snapshots: [], message: "", advice: "", fixes: [], ...place };
}

const generation: ReportGeneration = {
	name: "g",
	path: "g",
	current: true,
	foundation: [{ path: "g/base", sizeBytes: 400 }],
	snapshots: [snapshot("a", [100, 300]), snapshot("b", []), snapshot("c", [100])],
};

test("bars stand side by side, as wide as the root of their size", () => {
	const bars = chainBars(generation, [], largestBar([generation]));
	expect(bars.map(({ snapshot: of, sizeBytes, x, width }) => [of?.id, sizeBytes, x, width])).toEqual([
		[undefined, 400, 0, 220],
		["a", 400, 226, 220],
		["b", 0, 452, 18],
		["c", 100, 476, 119],
	]);
});

test("a finding is marked where it is", () => {
	const findings = [
		finding("g/base", 200),
		finding("g/a/1", 150),
		finding("g/a/1", 99_999),
		finding("g/b/meta.json"),
		finding("g/b"),
		finding("g"),
		finding("g/c/0", 50, "info"),
	];
	const bars = chainBars(generation, findings, 400);
	expect(bars.map(({ marks }) => marks.map(({ x, finding: at }) => [x, at]))).toEqual([
		[[110, 0]],
		[
			[138, 1],
			[220, 2],
		],
		[
			[0, 3],
			[0, 4],
		],
		[],
	]);
});

test("a store without a byte has bars all the same", () => {
	const empty = { ...generation, foundation: [], snapshots: [snapshot("a", [])] };
	expect(largestBar([empty])).toBe(0);
	expect(chainBars(empty, [], 0).map(({ width }) => width)).toEqual([18]);
});
