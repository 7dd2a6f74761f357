import * as vscode from "vscode";
import { withoutLinks } from "../text/withoutMarkup";
import { isTreeNode } from "../tree/node";
import { nodeUri } from "./nodeUri";

/** "Reveal": a `meta.json` with a finding opens as text; all else is shown where it lies, in VS Code if it can. */
export async function reveal(target: unknown): Promise<void> {
	if (!isTreeNode(target)) return;
	const uri = nodeUri(target);
	if (uri === undefined) return;
	if (target.kind === "finding" && uri.path.endsWith("/meta.json") && (await exists(uri))) {
		await vscode.commands.executeCommand("vscode.open", uri, { preview: true });
	} else await revealFile(uri);
}

/** Shows where a file or a directory lies. */
export async function revealFile(uri: vscode.Uri): Promise<void> {
	if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
		await vscode.commands.executeCommand("revealInExplorer", uri);
	} else if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
		await vscode.commands.executeCommand("revealFileInOS", uri);
	} else {
		// The window is on another machine than the file: there is no file manager to show it in.
		const text = vscode.l10n.t("{0} lies outside the folders of this window.", uri.fsPath);
		void vscode.window.showInformationMessage(withoutLinks(text));
	}
}

async function exists(uri: vscode.Uri): Promise<boolean> {
	try {
		await vscode.workspace.fs.stat(uri);
		return true;
	} catch {
		return false; // a finding can be that it is missing
	}
}
