import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { FileError } from "../../../src/core/files";
import { readStore } from "../../../src/core/snapshot/catalog";
import { verifyInWorker } from "../../../src/extension/verification/verifyInWorker";
import type { WorkerTask } from "../../../src/extension/verification/workerTask";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { verifyDirectory } from "../../../src/node/verifyDirectory";
import { projectRoot } from "../../support/projectRoot";
import { cut } from "../../support/stores/damage";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

const dist = join(projectRoot, "dist");
const script = join(dist, "verifyWorker.js");

beforeAll(() => {
	if (!existsSync(script)) throw new Error('nothing is built: run "npm run build"');
});

/** A full snapshot and an incremental one, with a row that breaks a foreign key. */
async function task(): Promise<WorkerTask & { readonly wal: string }> {
	const directory = temporaryDirectory();
	const built = buildStore(directory, (store) => {
		store.database.run("create table p(a integer primary key); create table c(p references p)");
		store.full({ index: 7 });
		store.database.run("pragma foreign_keys = off; insert into c values(9)");
		store.incremental({ index: 8 });
	});
	const store = await readStore(nodeFiles(directory));
	const wal = built[1]?.file ?? "";
	return { directory, store, depth: "usual", only: undefined, wasm: join(dist, "sql-wasm.wasm"), wal };
}

const run = () => ({ cancel: new AbortController().signal, progress: () => {} });

describe("verifying in a thread", () => {
	test("answers what verifying here answers, and tells how far it is in bytes", async () => {
		const asked = await task();
		cut(join(asked.directory, asked.wal), -10);
		const store = await readStore(nodeFiles(asked.directory));
		const steps: [number, number][] = [];
		const verification = await verifyInWorker(
			script,
			{ ...asked, store },
			{ ...run(), progress: (...step) => steps.push(step) },
		);
		expect(verification).toEqual(await verifyDirectory(asked.directory, store));
		expect(verification.findings.map(({ code }) => code)).toEqual(["wal-torn-frame"]);
		expect(verification.snapshots[1]?.cause).toBe(verification.findings[0]);
		const [read, total] = steps.at(-1) ?? [];
		expect(read).toBe(total);
		expect(steps.every(([bytes], at) => bytes > (steps[at - 1]?.[0] ?? 0))).toBe(true);
	});

	test.each([
		["quick", [], ["database"]],
		["usual", [], []],
		["full", ["constraint-violated"], []],
	] as const)("%s", async (depth, codes, notChecked) => {
		const verification = await verifyInWorker(script, { ...(await task()), depth }, run());
		expect(verification.findings.map(({ code }) => code)).toEqual(codes);
		expect(verification.notChecked).toEqual(notChecked);
	});

	test("a part alone", async () => {
		const asked = await task();
		const [first] = asked.store.generations;
		const only = { generation: first?.name ?? "", snapshot: first?.snapshots[0]?.id ?? "" };
		const { snapshots } = await verifyInWorker(script, { ...asked, only }, run());
		expect(snapshots.map(({ id }) => id)).toEqual([only.snapshot]);
	});

	test("a file that is gone is told as a FileError", async () => {
		const asked = await task();
		rmSync(join(asked.directory, asked.wal));
		await expect(verifyInWorker(script, asked, run())).rejects.toThrow(FileError);
		await expect(verifyInWorker(script, asked, run())).rejects.toMatchObject({ code: "not-found", path: asked.wal });
	});

	test("ends when it is cancelled, before the first byte or between two", async () => {
		const asked = await task();
		const abort = new AbortController();
		const running = verifyInWorker(script, asked, { cancel: abort.signal, progress: () => abort.abort("enough") });
		await expect(running).rejects.toBe("enough");
		await expect(verifyInWorker(script, asked, { ...run(), cancel: AbortSignal.abort("early") })).rejects.toBe("early");
	});

	test("a worker that cannot work is told", async () => {
		await expect(verifyInWorker(join(dist, "nothing.js"), await task(), run())).rejects.toThrow("nothing.js");
	});
});
