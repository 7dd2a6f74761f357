import { expect, test } from "vitest";
import type { Finding } from "../../../../src/core/verify/finding";
import type { ChainReport } from "../../../../src/protocol/engine";
import { noticesOf } from "../../../../src/webview/page/notices";
import type { Phase } from "../../../../src/webview/page/phase";
import { described } from "../described";

type State = Parameters<typeof noticesOf>[0];

const finding: Finding = {
	code: "wal-torn-frame",
	severity: "error",
	path: "wal",
	snapshots: [],
	message: "wal was cut.",
	advice: "Take a backup.",
};
const description = described();
const { files } = description;
const report: ChainReport = {
	base: { path: "base.sqlite", pages: 1 },
	pageSize: 4096,
	pageCount: 1,
	wals: [],
	findings: [],
	notes: [],
};
// Only its presence matters here.
const engine = undefined as unknown as Extract<Phase, { name: "open" }>["engine"];
const open = { name: "open", report, engine, objects: [] } as const;

function said(state: Partial<State>): readonly string[] {
	const notices = noticesOf({ description, phase: open, loaded: description, newestAtStart: "1-2-3", ...state });
	expect(new Set(notices.map(({ about }) => about)).size).toBe(notices.length);
	return notices.map(({ severity, message, action }) => `${severity}: ${message}${action ? ` [${action}]` : ""}`);
}

test("the newest, sound snapshot needs no word", () => {
	expect(said({})).toEqual([]);
});

test("an older snapshot offers the newest", () => {
	expect(said({ description: { ...description, newest: "1-9-9" }, newestAtStart: "1-9-9" })).toEqual([
		"info: This is not the newest snapshot of the store. [open-newest]",
	]);
});

test("a newer snapshot is told once, with the same words however many come", () => {
	for (const newest of ["1-9-9", "1-10-10"]) {
		expect(said({ description: { ...description, newest } })).toEqual([
			"info: A newer snapshot has come to the store since this one was opened. [open-newest]",
		]);
	}
});

test("damage opens nothing, and offers what is sound", () => {
	const damaged = { ...report, findings: [finding] };
	const refused = "error: The files of this snapshot are damaged. Nothing has been opened.";
	expect(said({ phase: { name: "damaged", report: damaged, canOpen: true } })).toEqual([`${refused} [open-partial]`]);
	expect(said({ phase: { name: "damaged", report: damaged, canOpen: false } })).toEqual([`${refused} [verify-store]`]);
	expect(said({ phase: { ...open, report: damaged } })).toEqual([
		"error: The answers are partial: the files are damaged, and end here at the last sound commit. [verify-store]",
	]);
});

test("a wrong checksum beside whole files is told, with its finding, and the answers stand", () => {
	const note: Finding = {
		...finding,
		code: "sidecar-ieee",
		path: "wal.crc32",
		message: "wal.crc32 holds another sum.",
	};
	const phase = { ...open, report: { ...report, notes: [note] } };
	expect(said({ phase })).toEqual([
		"warning: The data of this snapshot is whole, but a checksum kept with it is wrong: a node may refuse it. [verify-store]",
	]);
	const state = { description, phase, loaded: description, newestAtStart: "1-2-3" };
	expect(noticesOf(state)[0]?.findings).toEqual([note]);
});

test("a missing file is said once, with its finding and what can be opened all the same", () => {
	const missing = { ...description, upTo: undefined, files: [], findings: [finding] };
	const state = { phase: { name: "incomplete" } as const, loaded: undefined, newestAtStart: "1-2-3" };
	expect(said({ ...state, description: missing })).toEqual([
		"error: Files that this snapshot needs are missing. Nothing has been opened. [verify-store]",
	]);
	expect(noticesOf({ ...state, description: missing })[0]?.findings).toEqual([finding]);
	expect(said({ ...state, description: { ...missing, upTo: "1-1-1", files } })).toEqual([
		"error: Files that this snapshot needs are missing. Nothing has been opened. [open-partial]",
	]);
	const superseded = { ...missing, findings: [{ ...finding, severity: "info" as const }] };
	expect(said({ ...state, description: superseded })).toEqual([
		"info: Files that this snapshot needs are missing. Nothing has been opened.",
	]);
});

test("what was opened up to a missing file is partial, and stays so when the file comes back", () => {
	const loaded = { upTo: "1-1-1", files };
	const partial =
		"error: The answers are partial: files are missing. They end at the last sound commit up to snapshot 1-1-1. [verify-store]";
	expect(said({ description: { ...description, upTo: "1-1-1", findings: [finding] }, loaded })).toEqual([partial]);
	const whole = { ...description, files: [...files, { path: "wal", sizeBytes: 32, modifiedAt: 1 }] };
	expect(said({ description: whole, loaded })).toEqual([
		partial,
		"warning: The files of this snapshot have changed on disk since they were read. [read-again]",
	]);
});

test("a snapshot that went is no missing file, and offers the newest if there is one", () => {
	const gone = { ...description, present: false, upTo: undefined, files: [] };
	const told = "warning: This snapshot is no longer on disk. The page shows what was read before it went.";
	expect(said({ description: gone })).toEqual([told]);
	expect(said({ description: { ...gone, newest: "1-9-9" } })).toEqual([`${told} [open-newest]`]);
	const nothing =
		"warning: This snapshot is no longer in the store: a reap has taken it. Nothing has been opened. [open-newest]";
	for (const told of [gone, undefined]) {
		expect(said({ description: told, phase: { name: "gone" }, loaded: undefined })).toEqual([nothing]);
	}
});

test("files that changed since they were read can be read again", () => {
	const changed = { ...description, files: [{ path: "base.sqlite", sizeBytes: 4096, modifiedAt: 2 }] };
	expect(said({ description: changed })).toEqual([
		"warning: The files of this snapshot have changed on disk since they were read. [read-again]",
	]);
	expect(said({ description: changed, phase: { name: "opening" } })).toEqual([]);
});

test("much to read is asked about, with the time it may take", () => {
	expect(said({ phase: { name: "large", totalBytes: 560_000_000 }, loaded: undefined })).toEqual([
		"info: Opening this snapshot reads 534.1 MiB into this page, which can take 40 s to 70 s where VS Code runs in a browser. [load-anyway]",
	]);
});
