import { expect, test } from "vitest";
import type { Finding } from "../../../src/core/verify/finding";
import type { ChainReport } from "../../../src/protocol/engine";
import type { SnapshotDescription } from "../../../src/protocol/page";
import { noticesOf } from "../../../src/webview/notices";
import type { SnapshotSession } from "../../../src/webview/snapshotSession";

type State = Parameters<typeof noticesOf>[0];

const finding: Finding = {
	code: "wal-torn-frame",
	severity: "error",
	path: "wal",
	snapshots: [],
	message: "wal was cut.",
	advice: "Take a backup.",
};
const files = [{ path: "base.sqlite", sizeBytes: 4096, modifiedAt: 1 }];
const description: SnapshotDescription = {
	store: "store",
	generation: "0000000001",
	id: "1-2-3",
	term: "1",
	index: "2",
	kind: "full",
	createdAt: undefined,
	newest: "1-2-3",
	present: true,
	files,
	pending: 0,
	findings: [],
};
const report: ChainReport = {
	base: { path: "base.sqlite", pages: 1 },
	pageSize: 4096,
	pageCount: 1,
	wals: [],
	findings: [],
};
// Only its presence matters here.
const engine = undefined as unknown as Extract<SnapshotSession["phase"], { name: "open" }>["engine"];
const open = { name: "open", report, engine, objects: [] } as const;

function said(state: Partial<State>): readonly string[] {
	const notices = noticesOf({ description, phase: open, loadedFiles: files, ...state });
	return notices.map(({ severity, message, action }) => `${severity}: ${message}${action ? ` [${action}]` : ""}`);
}

test("the newest, sound snapshot needs no word", () => {
	expect(said({})).toEqual([]);
});

test("an older snapshot offers the newest", () => {
	expect(said({ description: { ...description, newest: "1-9-9" } })).toEqual([
		"info: This is not the newest snapshot of the store. [open-newest]",
	]);
});

test("damage opens nothing, and offers what is sound", () => {
	const damaged = { ...report, findings: [finding] };
	const refused = "error: The files of this snapshot are damaged. Nothing has been opened.";
	expect(said({ phase: { name: "damaged", report: damaged, canOpen: true } })).toEqual([`${refused} [open-damaged]`]);
	expect(said({ phase: { name: "damaged", report: damaged, canOpen: false } })).toEqual([`${refused} [verify-store]`]);
	expect(said({ phase: { ...open, report: damaged } })).toEqual([
		"error: The answers are partial: the files are damaged, and end here at the last sound commit. [verify-store]",
	]);
});

test("a missing file is said once, with its finding", () => {
	const missing = { ...description, files: [], findings: [finding] };
	const state = { description: missing, phase: { name: "incomplete" } as const, loadedFiles: undefined };
	expect(said(state)).toEqual([
		"error: Files that this snapshot needs are missing. Nothing has been opened. [verify-store]",
	]);
	expect(noticesOf(state)[0]?.findings).toEqual([finding]);
});

test("a snapshot that went is no missing file", () => {
	const gone = { ...description, present: false, files: [] };
	expect(said({ description: gone })).toEqual([
		"warning: This snapshot is no longer on disk. The page shows what was read before it went.",
	]);
	expect(said({ description: gone, phase: { name: "incomplete" } })).toEqual([
		"warning: This snapshot is no longer on disk.",
	]);
});

test("files that changed since they were read can be read again", () => {
	const changed = { ...description, files: [{ path: "base.sqlite", sizeBytes: 4096, modifiedAt: 2 }] };
	expect(said({ description: changed })).toEqual([
		"warning: The files of this snapshot have changed on disk since they were read. [read-again]",
	]);
	expect(said({ description: changed, phase: { name: "opening" } })).toEqual([]);
});

test("much to read is asked about, with the time it may take", () => {
	expect(said({ phase: { name: "large", totalBytes: 560_000_000 }, loadedFiles: undefined })).toEqual([
		"info: Opening this snapshot reads 534.1 MiB into this page, which can take 40 s to 70 s where VS Code runs in a browser. [load-anyway]",
	]);
});
