import { deepStrictEqual, strictEqual } from "node:assert";
import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { COMMANDS, OPEN_SELECTED, STORES_VIEW } from "../../src/extension/ids";
import { buildDataDirectory } from "../support/stores/dataDirectory";
import { leavesUnchanged } from "./unchanged";
import { extension, folder, nodes, outline, sampleStore, until } from "./window";

describe("the tree", () => {
	leavesUnchanged(sampleStore);
	const copy = (): string => join(folder(), "copy");

	before(async () => {
		await vscode.commands.executeCommand(`${STORES_VIEW}.focus`);
	});

	afterEach(async () => {
		rmSync(copy(), { recursive: true, force: true });
		await vscode.commands.executeCommand(COMMANDS.refresh);
	});

	it("shows a store's generations and snapshots, newest first", async () => {
		deepStrictEqual(await outline(), ["sample/node1/snapshots", ...generations(sampleStore())]);
	});

	it("knows the parent of every node", async () => {
		const { tree } = await extension().activate();
		for (const node of await nodes()) deepStrictEqual(await tree.getParent?.(node), node.parent);
	});

	it("says of a snapshot what it is, without markup and with the absolute time", async () => {
		const { tree } = await extension().activate();
		const node = (await nodes()).find(({ kind }) => kind === "snapshot");
		if (node?.kind !== "snapshot") throw new Error("the sample has no snapshot");
		const item = await tree.getTreeItem(node);
		const { snapshot } = node;
		strictEqual(item.label, snapshot.id);
		strictEqual(typeof item.tooltip, "string");
		const tooltip = String(item.tooltip);
		const parts = [
			snapshot.createdAt?.toISOString() ?? "",
			`index ${snapshot.index}`,
			"Raft configuration of index 9265",
			"Server node1 at 10.20.0.11:4002 (voter)",
			"First seen here: node3 was nonvoter and became voter",
		];
		for (const part of parts) {
			strictEqual(tooltip.includes(part), true, `${part} in:\n${tooltip}`);
		}
		strictEqual(String(item.description).startsWith("newest · incremental · "), true, String(item.description));
	});

	it("carries nothing in the commands of its rows, which VS Code would forget when they are drawn anew", async () => {
		const { tree } = await extension().activate();
		const commands = await Promise.all((await nodes()).map(async (node) => (await tree.getTreeItem(node)).command));
		const ofSnapshots = commands.filter((command) => command !== undefined);
		strictEqual(ofSnapshots.length, 12);
		for (const { command, arguments: carried } of ofSnapshots) {
			deepStrictEqual({ command, carried }, { command: OPEN_SELECTED, carried: undefined });
		}
	});

	it("shows damage where it is, and the rest of the store beside it", async () => {
		cpSync(sampleStore(), copy(), { recursive: true });
		const newest = newestSnapshot(copy());
		writeFileSync(join(copy(), newest, "meta.json"), "no JSON");
		await vscode.commands.executeCommand(COMMANDS.refresh);

		const store = (await nodes()).find((node) => node.kind === "store" && node.name === "copy");
		const lines = await outline(store);
		const id = newest.slice(newest.lastIndexOf("/") + 1);
		const at = lines.indexOf(`\t${id}`);
		strictEqual(lines[at + 1]?.includes("meta.json"), true, lines.join("\n"));
		deepStrictEqual([...lines.slice(0, at + 1), ...lines.slice(at + 2)], generations(copy(), 0));
	});

	it("follows what happens on disk, under the same ids", async () => {
		cpSync(sampleStore(), copy(), { recursive: true });
		await vscode.commands.executeCommand(COMMANDS.refresh);
		const { tree } = await extension().activate();
		const changes = tree.onDidChangeTreeData ?? neverFires;
		const idsOfCopy = async (): Promise<string[]> =>
			(await nodes()).map(({ id }) => id).filter((id) => id.includes("/copy|"));
		const before = await idsOfCopy();

		const newest = newestSnapshot(copy());
		const added = newest.replace(/[^/]+$/, "6-20000-1795000000000");
		cpSync(join(copy(), newest), join(folder(), "incoming"), { recursive: true });
		rmSync(join(folder(), "incoming", "meta.json"));
		const changed = until(changes, async () => (await idsOfCopy()).some((id) => id.endsWith(added)), "a new snapshot");
		renameSync(join(folder(), "incoming"), join(copy(), added));
		await changed;
		const after = new Set(await idsOfCopy());
		deepStrictEqual(
			before.filter((id) => !after.has(id)),
			[],
		);
	});

	it("finds a store that appears, and loses one that goes", async () => {
		const { tree } = await extension().activate();
		const changes = tree.onDidChangeTreeData ?? neverFires;
		const names = async (): Promise<string[]> =>
			(await nodes()).filter((node) => node.kind === "store").map(({ name }) => name);
		// A directory of its own: one of the same name as before may be told as no more than a change.
		const arrival = join(folder(), "arrival");
		try {
			const found = until(changes, async () => (await names()).includes("arrival/store"), "a new store");
			cpSync(sampleStore(), join(arrival, "store"), { recursive: true });
			await found;
			const lost = until(changes, async () => !(await names()).includes("arrival/store"), "a store that went");
			rmSync(arrival, { recursive: true });
			await lost;
		} finally {
			rmSync(arrival, { recursive: true, force: true });
		}
	});

	it("shows live databases beside the store of their node or alone, and a store that comes", async () => {
		const { tree } = await extension().activate();
		const changes = tree.onDidChangeTreeData ?? neverFires;
		const cluster = join(folder(), "cluster");
		const ofCluster = async (): Promise<string[]> => {
			const stores = (await nodes()).filter((node) => node.kind === "store" && node.name.startsWith("cluster/"));
			const lines = await Promise.all(
				stores.map(async (node) => [String(node.kind === "store" && node.name), ...(await outline(node))]),
			);
			return lines.flat().filter((line) => !/^\t*\d/.test(line));
		};
		try {
			buildDataDirectory(join(cluster, "node1"), { store: "snapshots" });
			buildDataDirectory(join(cluster, "node2"));
			await vscode.commands.executeCommand(COMMANDS.refresh);
			deepStrictEqual(await ofCluster(), [
				"cluster/node1/snapshots",
				"Live database",
				"cluster/node2",
				"Live database",
				"No snapshot store so far",
			]);
			const logs = async (): Promise<(number | undefined)[]> =>
				(await nodes()).flatMap((node) => (node.kind === "live" ? [node.directory.data.wal?.sizeBytes] : []));
			writeFileSync(join(cluster, "node1/db.sqlite-wal"), "");
			// Asked for: the system does not tell of what is written in a directory that has only just come.
			await vscode.commands.executeCommand(COMMANDS.refresh);
			deepStrictEqual((await logs())[0], 0);
			const found = until(changes, async () => (await ofCluster()).includes("cluster/node2/snapshots"), "a new store");
			cpSync(join(cluster, "node1/snapshots"), join(cluster, "node2/snapshots"), { recursive: true });
			await found;
			deepStrictEqual((await ofCluster()).slice(2), ["cluster/node2/snapshots", "Live database"]);
		} finally {
			rmSync(cluster, { recursive: true, force: true });
		}
	});

	it("shows the sample beside the folder, until it is closed", async () => {
		await vscode.commands.executeCommand(COMMANDS.openSample);
		const roots = (await outline()).filter((line) => !line.startsWith("\t"));
		deepStrictEqual(roots.slice(1), ["Sample"]);
		await vscode.commands.executeCommand(COMMANDS.closeSample);
		deepStrictEqual((await outline())[0], "sample/node1/snapshots");
	});
});

const neverFires: vscode.Event<unknown> = () => ({ dispose: () => {} });

/** The outline that a sound store must have, told from its directories. */
function generations(store: string, depth = 1): string[] {
	const directory = join(store, "generations");
	return readdirSync(directory)
		.sort()
		.reverse()
		.flatMap((name) => [
			"\t".repeat(depth) + name,
			...snapshotsIn(join(directory, name)).map((id) => "\t".repeat(depth + 1) + id),
		]);
}

/** Ids, newest first. The sample's terms and indexes never go back, so its times tell the order. */
function snapshotsIn(generation: string): string[] {
	const time = (id: string): number => Number(id.slice(id.lastIndexOf("-") + 1));
	return readdirSync(generation)
		.filter((name) => /^\d+-\d+-\d+$/.test(name))
		.sort((a, b) => time(b) - time(a));
}

/** Path of the newest snapshot's directory. */
function newestSnapshot(store: string): string {
	const name = readdirSync(join(store, "generations")).sort().at(-1) ?? "";
	return `generations/${name}/${snapshotsIn(join(store, "generations", name))[0]}`;
}
