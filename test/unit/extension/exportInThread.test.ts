import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { exportInThread } from "../../../src/extension/export/exportInThread";
import type { ExportTask } from "../../../src/extension/export/exportThread";
import { holdChain } from "../../../src/node/heldChain";
import type { ExportRequest } from "../../../src/protocol/export";
import { projectRoot } from "../../support/projectRoot";
import { cut } from "../../support/stores/damage";
import { picture } from "../../support/stores/picture";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

const dist = join(projectRoot, "dist");
const script = join(dist, "exportThread.js");

beforeAll(() => {
	if (!existsSync(script)) throw new Error('nothing is built: run "npm run build"');
});

/** A snapshot with two rows in its base and one in its WAL, held, and a directory to export into. */
function given(damage: (wal: string) => void = () => {}) {
	const store = join(temporaryDirectory(), "store");
	const built = buildStore(store, (story) => {
		story.database.run("create table t(a, b); insert into t values (1, ''), (2, null)");
		story.full();
		story.database.run("insert into t values (3, x'ff')");
		story.incremental();
	});
	damage(join(store, built[1]!.file));
	const files = built.map(({ file }) => {
		const { size, mtimeMs } = statSync(join(store, file));
		return { path: file, sizeBytes: size, modifiedAt: mtimeMs };
	});
	const { chain, release } = holdChain(store, { snapshot: built[1]!.id, files, pending: 0 });
	onTestFinished(release);
	const directory = temporaryDirectory();
	const task = (source: ExportRequest["source"], allowDamaged = false): Omit<ExportTask, "path"> => ({
		source: { kind: "held", chain },
		allowDamaged,
		request: { source, format: "csv", salvage: allowDamaged },
		wasm: join(dist, "sql-wasm.wasm"),
	});
	return { store, built, directory, task };
}

const run = () => ({ cancel: new AbortController().signal, progress: () => {} });
const table = { kind: "object", name: "t" } as const;

test("a table goes to a file; the store stays as it was", async () => {
	const { store, directory, task } = given();
	const before = picture(store);
	const target = join(directory, "t.csv");
	expect(await exportInThread(script, target, task(table), run())).toEqual({
		files: 1,
		rows: 3,
		bytes: 24,
		warnings: [],
	});
	expect(readFileSync(target, "utf8")).toBe(`a,b\r\n1,""\r\n2,\r\n3,X'ff'\r\n`);
	expect([readdirSync(directory), picture(store)]).toEqual([["t.csv"], before]);
});

test("the bytes of the files do as well as the files", async () => {
	const { store, built, directory, task } = given();
	const [base, wal] = built.map(({ file }) => ({ path: file, bytes: new Uint8Array(readFileSync(join(store, file))) }));
	const source = { kind: "bytes", chain: { snapshot: built[1]!.id, base: base!, wals: [wal!], pending: 0 } } as const;
	await exportInThread(script, join(directory, "all"), { ...task({ kind: "all", views: true }), source }, run());
	expect(readFileSync(join(directory, "all", "t.csv"), "utf8")).toContain("3,X'ff'");
});

test("cancelling in the middle of a statement leaves nothing", async () => {
	const { directory, task } = given();
	const cancelled = new AbortController();
	const endless = "with recursive n(i) as (values (1) union all select i + 1 from n) select i from n";
	const exporting = exportInThread(script, join(directory, "n.csv"), task({ kind: "query", sql: endless }), {
		cancel: cancelled.signal,
		progress: ({ rows }) => rows > 0 && cancelled.abort(new Error("enough")),
	});
	await expect(exporting).rejects.toThrow("enough");
	expect(readdirSync(directory)).toEqual([]);
});

test("what SQLite refuses is told, and leaves nothing", async () => {
	const { directory, task } = given();
	const exporting = exportInThread(script, join(directory, "n.csv"), task({ kind: "object", name: "nowhere" }), run());
	await expect(exporting).rejects.toMatchObject({
		name: "ExportRefused",
		message: "no such table: nowhere",
		damaged: false,
	});
	expect(readdirSync(directory)).toEqual([]);
});

test("a snapshot that is not whole is exported when asked, and what is missing is written down beside it", async () => {
	const { directory, task } = given((wal) => cut(wal, -10));
	const target = join(directory, "t.csv");
	await expect(exportInThread(script, target, task(table), run())).rejects.toMatchObject({ damaged: true });
	const { rows, warnings } = await exportInThread(script, target, task(table, true), run());
	expect([rows, warnings.length]).toEqual([2, 1]);
	expect(readdirSync(directory)).toEqual(["t.csv", "t.csv.skipped.txt"]);
	expect(readFileSync(`${target}.skipped.txt`, "utf8")).toBe(`${warnings[0]}\n`);
});
