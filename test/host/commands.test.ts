import { deepStrictEqual, strictEqual } from "node:assert";
import { cpSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import { COMMANDS } from "../../src/extension/ids";
import type { SnapshotNode } from "../../src/extension/tree/node";
import { cut } from "../support/stores/damage";
import { buildDataDirectory } from "../support/stores/dataDirectory";
import { leavesUnchanged } from "./unchanged";
import { closeTabs, folder, nodes, sampleStore, untilTabsAre } from "./window";

async function snapshots(): Promise<SnapshotNode[]> {
	return (await nodes()).filter((node) => node.kind === "snapshot");
}

describe("Open snapshot as database", () => {
	leavesUnchanged(sampleStore);
	afterEach(closeTabs);

	it("opens one panel for a snapshot, however often and from wherever it is asked", async () => {
		const [newest, older] = await snapshots();
		if (newest === undefined || older === undefined) throw new Error("the sample has too few snapshots");
		const directory = vscode.Uri.file(join(sampleStore(), newest.snapshot.path));
		await vscode.commands.executeCommand(COMMANDS.openSnapshot, newest);
		await vscode.commands.executeCommand(COMMANDS.openSnapshot, directory);
		await vscode.commands.executeCommand(COMMANDS.openSnapshot, vscode.Uri.joinPath(directory, "meta.json"));
		await vscode.commands.executeCommand(COMMANDS.openSnapshot, vscode.Uri.joinPath(directory, "wal"));
		await vscode.commands.executeCommand(COMMANDS.openSnapshot, older);
		await untilTabsAre([newest.snapshot.id, older.snapshot.id]);
	});

	it("opens a base as its generation's full snapshot", async () => {
		const full = (await snapshots()).find(({ snapshot }) => snapshot.kind === "full");
		if (full === undefined) throw new Error("the sample has no full snapshot");
		const base = join(sampleStore(), full.parent.generation.path, "base.sqlite");
		await vscode.commands.executeCommand(COMMANDS.openSnapshot, vscode.Uri.file(base));
		await untilTabsAre([full.snapshot.id]);
	});

	it("opens each snapshot in a tab of its own", async () => {
		const all = await snapshots();
		for (const node of all) await vscode.commands.executeCommand(COMMANDS.openSnapshot, node);
		await untilTabsAre(all.map(({ snapshot }) => snapshot.id));
	});

	it("copies an id", async () => {
		const [newest] = await snapshots();
		await vscode.commands.executeCommand(COMMANDS.copyId, newest);
		strictEqual(await vscode.env.clipboard.readText(), newest?.snapshot.id);
	});
});

describe("Open snapshot as database, on a live database", () => {
	const data = (): string => join(folder(), "node2");
	const open = (): Thenable<unknown> =>
		vscode.commands.executeCommand(COMMANDS.openSnapshot, vscode.Uri.file(join(data(), "db.sqlite")));

	afterEach(async () => {
		await closeTabs();
		rmSync(data(), { recursive: true, force: true });
		await vscode.commands.executeCommand(COMMANDS.refresh);
	});

	it("opens the one panel that its node in the tree opens, named by the data directory", async () => {
		buildDataDirectory(data(), { store: "rsnapshots" });
		await vscode.commands.executeCommand(COMMANDS.refresh);
		await open();
		const live = (await nodes()).filter((node) => node.kind === "live");
		for (const node of live) await vscode.commands.executeCommand(COMMANDS.openSnapshot, node);
		strictEqual(live.length, 1);
		await untilTabsAre([`live · ${basename(folder())}/node2`]);
	});

	it("opens one without a store beside it", async () => {
		buildDataDirectory(data());
		await open();
		await untilTabsAre([`live · ${basename(folder())}/node2`]);
	});
});

describe("Verify snapshot store", () => {
	leavesUnchanged(sampleStore);
	const copy = (): string => join(folder(), "copy");

	afterEach(async () => {
		rmSync(copy(), { recursive: true, force: true });
		await vscode.commands.executeCommand(COMMANDS.refresh);
	});

	it("finds nothing in a sound store", async () => {
		const store = (await nodes()).find(({ kind }) => kind === "store");
		await vscode.commands.executeCommand(COMMANDS.verifyStore, store);
		deepStrictEqual(problems(), []);
		const [verified] = await nodes();
		strictEqual(verified?.kind === "store" && verified.view?.state === "read" && verified.view.verified, true);
	});

	it("takes the store of the panel in front, where there are several", async () => {
		cpSync(sampleStore(), copy(), { recursive: true });
		await vscode.commands.executeCommand(COMMANDS.refresh);
		const node = (await snapshots()).find(({ parent }) => parent.parent.name === "copy");
		await vscode.commands.executeCommand(COMMANDS.openSnapshot, node);
		await untilTabsAre([node?.snapshot.id ?? ""]);
		await vscode.commands.executeCommand(COMMANDS.verifyStore);
		const verified = (await nodes()).some(
			(node) => node.kind === "store" && node.name === "copy" && node.view?.state === "read" && node.view.verified,
		);
		strictEqual(verified, true);
		await closeTabs();
	});

	it("puts what it finds on the file concerned, until the store changes", async () => {
		cpSync(sampleStore(), copy(), { recursive: true });
		const damaged = (await snapshots()).find(({ snapshot }) => snapshot.kind === "incremental")?.snapshot;
		const wal = join(copy(), damaged?.path ?? "", "wal");
		cut(wal, -100);
		await vscode.commands.executeCommand(COMMANDS.refresh);
		const store = (await nodes()).find((node) => node.kind === "store" && node.name === "copy");

		await vscode.commands.executeCommand(COMMANDS.verifyStore, store);
		deepStrictEqual(problems(), [["error", wal, "wal-torn-frame", "snapshot store"]]);
		const marked = (await snapshots()).filter(({ health }) => health === "error").map(({ snapshot }) => snapshot.id);
		deepStrictEqual(marked, [damaged?.id]);

		rmSync(wal);
		await vscode.commands.executeCommand(COMMANDS.refresh);
		deepStrictEqual(problems(), []);
	});
});

/** Severity, file, code and source of each of our problems. */
function problems(): unknown[][] {
	return vscode.languages
		.getDiagnostics()
		.flatMap(([uri, diagnostics]) =>
			diagnostics
				.filter(({ source }) => source === "snapshot store")
				.map(({ severity, code, source }) => [
					severity === vscode.DiagnosticSeverity.Error ? "error" : "other",
					uri.fsPath,
					typeof code === "object" ? code.value : code,
					source,
				]),
		);
}
