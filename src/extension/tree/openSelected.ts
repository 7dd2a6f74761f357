import * as vscode from "vscode";
import { COMMANDS } from "../ids";
import type { TreeNode } from "./node";
import type { StoreTree } from "./storeTree";

/** How long a tree that is being drawn may leave its selection unknown. */
const LONGEST_MS = 5000;

/**
 * What a click on a row does, or Enter: opens a snapshot or a live database, shows where a finding lies. The rows' command
 * carries no node: VS Code forgets what a row's command carries as soon as the tree is drawn anew, and a click that
 * was on its way then would be lost.
 */
export async function openSelected(view: vscode.TreeView<TreeNode>, tree: StoreTree): Promise<void> {
	const node = await selectedNode(view, tree);
	if (node?.kind === "snapshot" || node?.kind === "live") {
		await vscode.commands.executeCommand(COMMANDS.openSnapshot, node);
	} else if (node?.kind === "finding") await vscode.commands.executeCommand(COMMANDS.reveal, node);
}

/** The selected node. While its part of the tree is drawn anew VS Code does not know it, until it has been asked for again. */
async function selectedNode(view: vscode.TreeView<TreeNode>, tree: StoreTree): Promise<TreeNode | undefined> {
	const [known] = view.selection;
	if (known !== undefined) return known;
	return new Promise((resolve) => {
		const finish = (node: TreeNode | undefined): void => {
			asked.dispose();
			clearTimeout(timer);
			resolve(node);
		};
		const look = (): void => {
			const [node] = view.selection;
			if (node !== undefined) finish(node);
		};
		// VS Code takes the children over after they were answered.
		const asked = tree.onDidAnswer(() => setImmediate(look));
		const timer = setTimeout(() => finish(undefined), LONGEST_MS);
	});
}
