import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { readStore } from "../../src/core/snapshot/catalog";
import type { Store } from "../../src/core/snapshot/model";
import { addDatabase } from "../../src/extension/commands/createSnapshot";
import { reapAsPlanned } from "../../src/extension/commands/reapSnapshots";
import { recoverAsPlanned } from "../../src/extension/commands/recoverStore";
import { restoreTo } from "../../src/extension/commands/restoreSnapshot";
import { COMMANDS } from "../../src/extension/ids";
import type { StoreNode } from "../../src/extension/tree/node";
import { nodeFiles } from "../../src/node/nodeFiles";
import { planReap, planRecover } from "../../src/store/maintain/maintain";
import { checkpoint, integrityCheck } from "../support/sqlite/oracle";
import { picture } from "../support/stores/picture";
import { leavesUnchanged } from "./unchanged";
import { folder, nodes, sampleStore } from "./window";

const directory = (): string => join(folder(), "copy");
const output = (): string => join(folder(), "out.sqlite");
const never = { aborted: false, throwIfAborted() {} };
const unheard = { cancel: never, progress() {} };

describe("The commands that write", () => {
	leavesUnchanged(sampleStore);
	let store: Store;

	beforeEach(async () => {
		cpSync(sampleStore(), directory(), { recursive: true });
		store = await readStore(nodeFiles(directory()));
		await vscode.commands.executeCommand(COMMANDS.refresh);
	});

	afterEach(async () => {
		rmSync(directory(), { recursive: true, force: true });
		rmSync(output(), { force: true });
		await vscode.commands.executeCommand(COMMANDS.refresh);
	});

	function bytes(path: string): Uint8Array {
		return readFileSync(join(directory(), path));
	}

	async function copyNode(): Promise<StoreNode> {
		const node = (await nodes()).find((node) => node.kind === "store" && node.name === "copy");
		if (node?.kind !== "store") throw new Error("the copy is not in the tree");
		return node;
	}

	it("restore a snapshot to a file, byte for byte SQLite's own checkpoint", async () => {
		const generation = store.generations.at(-1);
		const id = store.newest?.id ?? "";
		let doneBytes = 0;
		await restoreTo(
			output(),
			{ directory: directory(), store, id },
			{ cancel: never, progress: (done) => (doneBytes = done) },
		);
		const wals = generation?.snapshots.filter(({ kind }) => kind === "incremental").flatMap(({ files }) => files) ?? [];
		const expected = checkpoint(
			bytes(generation?.base?.path ?? ""),
			wals.map(({ path }) => bytes(path)),
		);
		strictEqual(Buffer.compare(readFileSync(output()), expected), 0);
		strictEqual(doneBytes, expected.byteLength);
	});

	it("leave no file of a restore that is cancelled, and none in the store", async () => {
		const before = picture(directory());
		const source = { directory: directory(), store, id: store.newest?.id ?? "" };
		const cancelled = new AbortController();
		const progress = (): void => cancelled.abort();
		await rejects(restoreTo(output(), source, { cancel: cancelled.signal, progress }), { name: "AbortError" });
		await rejects(restoreTo(join(directory(), "out.sqlite"), source, unheard), { name: "Refusal" });
		await rejects(restoreTo(join(folder(), "nowhere", "out.sqlite"), source, unheard), { name: "Refusal" });
		deepStrictEqual(
			readdirSync(folder()).filter((name) => name.includes("out.sqlite")),
			[],
		);
		deepStrictEqual(picture(directory()), before);
	});

	it("create a snapshot of a database, which then stands in the tree", async () => {
		writeFileSync(output(), bytes(store.generations.at(-1)?.base?.path ?? ""));
		const { snapshot, notices } = await addDatabase(directory(), output(), { term: 9n, index: 2n ** 63n, ...unheard });
		deepStrictEqual([snapshot.kind, snapshot.meta?.servers, notices], ["full", store.newest?.meta?.servers, []]);
		await vscode.commands.executeCommand(COMMANDS.refresh);
		const newest = (await nodes(await copyNode())).find((node) => node.kind === "snapshot");
		strictEqual(newest?.kind === "snapshot" && newest.snapshot.id, snapshot.id);
		deepStrictEqual(integrityCheck(bytes(snapshot.files[0]?.path ?? "")), ["ok"]);
	});

	it("reap by the plan that was seen, and by no other", async () => {
		const plan = await planReap(directory(), { retain: 2 });
		const options = { retain: 2, ...unheard };
		await rejects(reapAsPlanned(directory(), { ...plan, keep: [] }, options), { name: "Refusal" });
		deepStrictEqual(await readStore(nodeFiles(directory())), store);

		await reapAsPlanned(directory(), plan, options);
		const { generations } = await readStore(nodeFiles(directory()));
		deepStrictEqual(
			generations.map(({ snapshots }) => snapshots.map(({ id }) => id)),
			[plan.keep],
		);
	});

	it("recover what a crash has left", async () => {
		mkdirSync(join(directory(), "generations", "0000000099.tmp"));
		const plan = await planRecover(directory());
		await rejects(recoverAsPlanned(directory(), { ...plan, steps: [] }), { name: "Refusal" });
		await recoverAsPlanned(directory(), plan);
		deepStrictEqual(await readStore(nodeFiles(directory())), store);
	});

	it("say of a store in order that there is nothing to do, and touch nothing", async () => {
		const before = picture(directory());
		await vscode.commands.executeCommand(COMMANDS.recoverStore, await copyNode());
		deepStrictEqual(picture(directory()), before);
	});

	it("do not write into the sample that comes with the extension", async () => {
		await vscode.commands.executeCommand(COMMANDS.openSample);
		try {
			const sample = (await nodes()).find((node) => node.kind === "store" && node.sample);
			if (sample?.kind !== "store") throw new Error("the sample is not in the tree");
			const before = picture(vscode.Uri.parse(sample.uri).fsPath);
			for (const command of [COMMANDS.createSnapshot, COMMANDS.reapSnapshots, COMMANDS.recoverStore]) {
				await vscode.commands.executeCommand(command, sample);
			}
			deepStrictEqual(picture(vscode.Uri.parse(sample.uri).fsPath), before);
		} finally {
			await vscode.commands.executeCommand(COMMANDS.closeSample);
		}
	});

	it("refuse in Restricted Mode before they ask anything", async function () {
		if (vscode.workspace.isTrusted) this.skip();
		const before = picture(directory());
		const [store, snapshot] = [await copyNode(), (await nodes()).find(({ kind }) => kind === "snapshot")];
		for (const command of [COMMANDS.createSnapshot, COMMANDS.reapSnapshots, COMMANDS.recoverStore]) {
			await vscode.commands.executeCommand(command, store);
		}
		await vscode.commands.executeCommand(COMMANDS.restoreSnapshot, snapshot);
		deepStrictEqual(picture(directory()), before);
	});
});
