import * as vscode from "vscode";
import { DATABASE } from "../../core/dataDirectory/dataDirectory";
import { storeOf, type TreeNode } from "../tree/node";

/** The file or directory that a node stands for. */
export function nodeUri(node: TreeNode): vscode.Uri | undefined {
	if (node.kind === "folder") return vscode.Uri.parse(node.uri, true);
	if (node.kind === "live") return vscode.Uri.joinPath(vscode.Uri.parse(node.directory.uri, true), DATABASE);
	const store = storeOf(node);
	if (store === undefined) return undefined;
	const path = pathInStore(node);
	const uri = vscode.Uri.parse(store.uri, true);
	return path === "" ? uri : vscode.Uri.joinPath(uri, path);
}

function pathInStore(node: TreeNode): string {
	switch (node.kind) {
		case "generation":
			return node.generation.path;
		case "snapshot":
			return node.snapshot.path;
		case "reap":
			return node.reap.path;
		case "finding":
			return node.finding.path;
		default:
			return "";
	}
}
