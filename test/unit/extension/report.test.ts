import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hexDump, placeInDump } from "../../../src/core/format/hexDump";
import { readStore } from "../../../src/core/snapshot/catalog";
import type { VerifyOptions } from "../../../src/core/verify/verifyStore";
import { describeReport } from "../../../src/extension/verification/describeReport";
import { reportMarkdown } from "../../../src/extension/verification/reportMarkdown";
import { supportBundle } from "../../../src/extension/verification/supportBundle";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { verifyDirectory } from "../../../src/node/verifyDirectory";
import type { Depth, Part } from "../../../src/protocol/report";
import { t } from "../../../src/webview/l10n";
import { append, flipBit } from "../../support/stores/damage";
import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

const SECRET = "Rapunzel's hair";
const NOW = { current: true, trusted: true };
const AT = new Date("2026-11-23T12:00:00Z");

/** A full snapshot with two incremental ones, then a full one. */
function story(damage: (directory: string, built: readonly BuiltSnapshot[]) => void = () => {}) {
	const directory = temporaryDirectory();
	const built = buildStore(directory, (store) => {
		store.database.run("create table people(name text unique, hair text)");
		store.database.run("insert into people values(?, ?)", SECRET, SECRET);
		store.full({ index: 7 });
		store.database.run("insert into people values(?, null)", `${SECRET} 2`);
		store.incremental({ index: 8 });
		store.database.run("update people set hair = ?", `${SECRET} 3`);
		store.incremental({ index: 9 });
		store.full({ index: 20 });
	});
	damage(directory, built);
	return { directory, built };
}

async function resultOf(directory: string, depth: Depth = "usual", only?: Part, options: VerifyOptions = {}) {
	const store = await readStore(nodeFiles(directory));
	const verification = await verifyDirectory(directory, store, { ...options, ...(only && { only }) });
	return { store, verification, depth, only, at: AT };
}

const explanations = new Map([["wal-checksum-mismatch", { meaning: "m", node: "n", remedy: "r" }]] as const);

describe("a report", () => {
	const damaged = () => story((directory, built) => flipBit(join(directory, built[1]?.file ?? ""), 32 + 100));

	test("has every snapshot with its verdict, and what can be done about each finding", async () => {
		const { directory, built } = damaged();
		const report = describeReport(await resultOf(directory), NOW, explanations);
		const [full, second, third, newest] = built.map(({ id }) => id);
		expect(
			report.generations.map(({ snapshots }) =>
				snapshots.map(({ id, verdict, upTo, cause }) => [id, verdict, upTo, cause]),
			),
		).toEqual([
			[
				[full, "exact", undefined, undefined],
				[second, "partial", full, 0],
				[third, "partial", full, 0],
			],
			[[newest, "exact", undefined, undefined]],
		]);
		expect(report.findings.map(({ code, fixes }) => [code, fixes])).toEqual([
			["wal-checksum-mismatch", [{ kind: "show-bytes" }, { kind: "restore", snapshot: newest }]],
		]);
		expect(report.explanations).toEqual(Object.fromEntries(explanations));
		expect(report.at).toBe("2026-11-23T12:00:00.000Z");
	});

	test("of a part has that part alone", async () => {
		const { directory, built } = damaged();
		const [full] = built;
		const only = { generation: full?.generation ?? "", snapshot: full?.id ?? "" };
		const report = describeReport(await resultOf(directory, "usual", only), NOW, explanations);
		expect(report.generations.map(({ snapshots }) => snapshots.map(({ id }) => id))).toEqual([[full?.id]]);
		expect(report.findings).toEqual([]);
	});

	test("offers to recover what a crash left", async () => {
		const { directory } = story((store) => writeFileSync(join(store, "scratchpad", "left"), ""));
		const { findings } = describeReport(await resultOf(directory), NOW, explanations);
		expect(findings.map(({ code, fixes }) => [code, fixes])).toEqual([["scratchpad-leftover", [{ kind: "recover" }]]]);
	});

	test("offers nothing that writes in a workspace that is not trusted", async () => {
		const report = describeReport(await resultOf(damaged().directory), { ...NOW, trusted: false }, explanations);
		expect(report.findings.map(({ fixes }) => fixes)).toEqual([[{ kind: "show-bytes" }]]);
	});

	test("is written as Markdown that no name can break", async () => {
		const { directory, built } = story((store, [, incremental]) => {
			flipBit(join(store, incremental?.file ?? ""), 32 + 100);
			writeFileSync(join(store, incremental?.path ?? "", "../a|b](c)<img>.txt"), "");
		});
		const [full, second, third, newest] = built.map(({ id }) => id);
		const text = reportMarkdown(
			"data/*my* store",
			describeReport(await resultOf(directory), { ...NOW, current: false }, explanations),
			t,
		);
		expect(text.split("\n").slice(0, 17)).toEqual([
			"# Verification of data/\\*my\\* store",
			"",
			`2 of 4 snapshots can be restored exactly; the newest of them is ${newest}. A node that starts here has its data. Older snapshots are damaged: keep a backup that holds them, if they count.`,
			"",
			"- Layout: generations",
			"- Verified at 2026-11-23T12:00:00.000Z, depth: usual",
			"- Checked: structure, meta, base, wal, sidecars, database",
			"- The store has changed since.",
			"",
			"| Generation | Snapshot | Kind | Term/index | Verdict |",
			"| --- | --- | --- | --- | --- |",
			`| 0000000001 | ${full} | full | 2/7 | restorable |`,
			`| 0000000001 | ${second} | incremental | 2/8 | restorable in part, up to ${full} |`,
			`| 0000000001 | ${third} | incremental | 2/9 | restorable in part, up to ${full} |`,
			`| 0000000002 | ${newest} | full | 2/20 | restorable |`,
			"",
			expect.stringMatching(/^- \*\*error\*\* `wal-checksum-mismatch` generations\/0000000001\//),
		]);
		expect(text).toContain("a\\|b\\](c)\\<img\\>.txt");
	});
});

describe("a support bundle", () => {
	const versions = { extension: "0.1.0" };

	/** Every damage that puts bytes of rows where the readers look: each must come out without them. */
	const damages: readonly (readonly [string, (directory: string, built: readonly BuiltSnapshot[]) => void])[] = [
		["a sound store", () => {}],
		["rows in place of a database's header", (store, [full]) => overwriteStart(join(store, full?.file ?? ""))],
		["rows in place of a WAL's header", (store, [, wal]) => overwriteStart(join(store, wal?.file ?? ""))],
		["rows behind a WAL", (store, [, wal]) => append(join(store, wal?.file ?? ""), new TextEncoder().encode(SECRET))],
		[
			"rows in place of meta.json",
			(store, [, wal]) => writeFileSync(join(store, wal?.path ?? "", "meta.json"), SECRET),
		],
	];

	test.each(damages)("of %s holds no text of a row", async (_, damage) => {
		const { directory, built } = story(damage);
		const raw = readFileSync(join(directory, built[3]?.file ?? ""));
		expect(raw.includes(SECRET)).toBe(true);
		const result = await resultOf(directory);
		const bundle = await supportBundle(
			nodeFiles(directory),
			result,
			describeReport(result, NOW, explanations),
			versions,
		);
		const text = JSON.stringify(bundle);
		for (const part of ["Rapunzel", "apunz", "hair"]) expect(text.includes(part), part).toBe(false);
		expect(text.includes(Buffer.from(SECRET).toString("hex").slice(0, 12))).toBe(false);
	});

	test("has structure, sizes, headers, verdicts, findings and versions", async () => {
		const { directory, built } = story();
		const result = await resultOf(directory);
		const bundle = await supportBundle(
			nodeFiles(directory),
			result,
			describeReport(result, NOW, explanations),
			versions,
		);
		const { store, ...rest } = JSON.parse(JSON.stringify(bundle));
		expect(rest).toMatchObject({
			format: "snapshot-store-support-1",
			versions,
			findings: [],
			report: { depth: "usual" },
		});
		const [first] = store.generations;
		expect(first.base).toMatchObject({ path: built[0]?.file, header: { pageSize: 4096, encoding: "utf-8" } });
		expect(first.snapshots[1]).toMatchObject({
			id: built[1]?.id,
			term: "2",
			index: "8",
			verdict: "exact",
			files: [{ path: built[1]?.file, header: { pageSize: 4096, checkpointSequence: expect.any(Number) } }],
		});
	});
});

function overwriteStart(file: string): void {
	const bytes = readFileSync(file);
	bytes.write(SECRET.repeat(8), 0);
	writeFileSync(file, bytes);
}

test("bytes are dumped sixteen in a line, and a byte is found in it", () => {
	const bytes = new Uint8Array(20).map((_, at) => at + 60);
	expect(hexDump(bytes, 0x1000)).toEqual([
		"000000001000  3c 3d 3e 3f 40 41 42 43 44 45 46 47 48 49 4a 4b  <=>?@ABCDEFGHIJK",
		"000000001010  4c 4d 4e 4f                                      LMNO",
	]);
	const { line, column } = placeInDump(0x1012, 0x1000);
	expect(hexDump(bytes, 0x1000)[line]?.slice(column, column + 2)).toBe("4e");
});
