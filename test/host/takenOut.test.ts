import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { readStore } from "../../src/core/snapshot/catalog";
import type { Store } from "../../src/core/snapshot/model";
import { restoreTo } from "../../src/extension/commands/restoreSnapshot";
import { exportInThread } from "../../src/extension/export/exportInThread";
import { SnapshotFileSystem } from "../../src/extension/fileSystem/snapshotFileSystem";
import { snapshotUri } from "../../src/extension/fileSystem/snapshotUri";
import { holdSnapshot } from "../../src/extension/held/holdSnapshot";
import { KnownStores } from "../../src/extension/stores/knownStores";
import { nodeFiles } from "../../src/node/nodeFiles";
import { queryAll } from "../support/sqlite/oracle";
import { leavesUnchanged } from "./unchanged";
import { closeTabs, extension, sampleStore, until } from "./window";

const never = { aborted: false, throwIfAborted() {} };

describe("What is taken out of a snapshot", () => {
	leavesUnchanged(sampleStore);
	let directory: string;
	let uri: vscode.Uri;
	let store: Store;
	let id: string;

	before(async () => {
		await extension().activate();
		directory = mkdtempSync(join(tmpdir(), "taken-out-"));
		uri = vscode.Uri.file(sampleStore());
		store = await readStore(nodeFiles(sampleStore()));
		id = store.newest?.id ?? "";
	});
	after(() => rmSync(directory, { recursive: true }));

	async function restored(): Promise<Uint8Array> {
		const file = join(directory, "restored.sqlite");
		await restoreTo(file, { directory: sampleStore(), store, id }, { cancel: never, progress() {} });
		return readFileSync(file);
	}

	it("is a file of VS Code's with the bytes that a restore writes, and cannot be written", async () => {
		const { fs } = vscode.workspace;
		const file = snapshotUri(uri, id);
		const expected = await restored();
		const { size, type, permissions } = await fs.stat(file);
		deepStrictEqual(
			[size, type, permissions],
			[expected.byteLength, vscode.FileType.File, vscode.FilePermission.Readonly],
		);
		strictEqual(Buffer.compare(await fs.readFile(file), expected), 0);
		strictEqual(fs.isWritableFileSystem(file.scheme), false);
		await rejects(async () => fs.writeFile(file, new Uint8Array(1)));
		await rejects(async () => fs.delete(file));
	});

	it("stands in a directory with every snapshot of its store", async () => {
		const parent = vscode.Uri.joinPath(snapshotUri(uri, id), "..");
		const names = (await vscode.workspace.fs.readDirectory(parent)).map(([name]) => name);
		const ids = store.generations.flatMap(({ snapshots }) => snapshots.map((snapshot) => `${snapshot.id}.sqlite`));
		deepStrictEqual(names, ids);
	});

	it("is not there under any other address", async () => {
		const { scheme } = snapshotUri(uri, id);
		const nowhere = ["/.git", "/%", "/a/b/c", snapshotUri(uri, "latest").path, snapshotUri(uri, "1-1-1").path];
		for (const path of nowhere) {
			await rejects(async () => vscode.workspace.fs.stat(vscode.Uri.from({ scheme, path })), { code: "FileNotFound" });
		}
	});

	it("opens in an editor", async () => {
		const file = snapshotUri(uri, id);
		const isOpen = () =>
			vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label }) => label === `${id}.sqlite`);
		await vscode.commands.executeCommand("vscode.open", file);
		await until(vscode.window.tabGroups.onDidChangeTabs, isOpen, "the tab of the database");
		await closeTabs();
	});

	it("is refused with the way out when it is too large for an editor", async () => {
		const stores = new KnownStores(() => []);
		const small = new SnapshotFileSystem(stores, 1000);
		try {
			ok((await small.stat(snapshotUri(uri, id))).size > 1000);
			await rejects(small.readFile(snapshotUri(uri, id)), /Restore the snapshot to a file/);
		} finally {
			small.dispose();
			stores.dispose();
		}
	});

	it("is exported as rows by the extension's own thread", async () => {
		const dist = vscode.Uri.joinPath(extension().extensionUri, "dist").fsPath;
		const stores = new KnownStores(() => []);
		const { source, release } = await holdSnapshot(stores.at(uri), id, false);
		try {
			const request = { source: { kind: "all", views: false }, format: "jsonl", salvage: false } as const;
			const task = { source, allowDamaged: false, request, wasm: join(dist, "sql-wasm.wasm") };
			const run = { cancel: new AbortController().signal, progress() {} };
			await exportInThread(join(dist, "exportThread.js"), join(directory, "rows"), task, run);
		} finally {
			release();
			stores.dispose();
		}
		const lines = readFileSync(join(directory, "rows", "reviews.jsonl"), "utf8")
			.trimEnd()
			.split("\n");
		const expected = queryAll(await restored(), "select product_id from reviews");
		deepStrictEqual(
			lines.map((line) => [BigInt(JSON.parse(line)["product_id"])]),
			expected,
		);
	});
});
