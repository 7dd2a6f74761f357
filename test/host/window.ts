import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension/extension";
import { SNAPSHOT_PANEL } from "../../src/extension/ids";
import type { TreeNode } from "../../src/extension/tree/node";

const ID = "snapshot-store-browser.snapshot-store-browser";

export function extension(): vscode.Extension<ExtensionApi> {
	const found = vscode.extensions.getExtension<ExtensionApi>(ID);
	if (found === undefined) throw new Error(`${ID} is not installed`);
	return found;
}

/** The window's folder, which holds a copy of the sample. */
export function folder(): string {
	const first = vscode.workspace.workspaceFolders?.[0];
	if (first === undefined) throw new Error("the window has no folder");
	return first.uri.fsPath;
}

/** The sample's store inside it. */
export function sampleStore(): string {
	return join(folder(), "sample", "node1", "snapshots");
}

/** The tree below a node, one line for each: what a person reads, by depth. Times and sizes are left out. */
export async function outline(parent?: TreeNode, depth = 0): Promise<string[]> {
	const { tree } = await extension().activate();
	const lines: string[] = [];
	for (const node of (await tree.getChildren(parent)) ?? []) {
		const item = await tree.getTreeItem(node);
		lines.push("\t".repeat(depth) + String(item.label), ...(await outline(node, depth + 1)));
	}
	return lines;
}

/** Every node of the tree, each before what is below it. */
export async function nodes(parent?: TreeNode): Promise<TreeNode[]> {
	const { tree } = await extension().activate();
	const children = (await tree.getChildren(parent)) ?? [];
	const below = await Promise.all(children.map((node) => nodes(node)));
	return children.flatMap((node, position) => [node, ...(below[position] ?? [])]);
}

/** Waits until the open snapshots are these, in the order of their tabs. */
export async function untilTabsAre(titles: readonly string[]): Promise<void> {
	const open = (): string[] =>
		vscode.window.tabGroups.all
			.flatMap(({ tabs }) => tabs)
			.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(SNAPSHOT_PANEL))
			.map(({ label }) => label);
	await until(vscode.window.tabGroups.onDidChangeTabs, () => isDeepStrictEqual(open(), titles), titles.join(", "));
}

export async function closeTabs(): Promise<void> {
	await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

const LONGEST_WAIT_MS = 60_000;

/** Waits until something that an event announces is so. */
export async function until(
	event: vscode.Event<unknown>,
	isSo: () => boolean | Promise<boolean>,
	what: string,
): Promise<void> {
	let look: () => void = () => {};
	const listening = event(() => look());
	const waitedTooLong = new Promise<never>((_, reject) => {
		setTimeout(() => reject(new Error(`waited in vain: ${what}`)), LONGEST_WAIT_MS).unref();
	});
	waitedTooLong.catch(() => {}); // it has come by then, and nobody waits
	try {
		for (;;) {
			const next = new Promise<void>((resolve) => {
				look = resolve;
			});
			if (await isSo()) return;
			await Promise.race([next, waitedTooLong]);
		}
	} finally {
		listening.dispose();
	}
}
