import type * as vscode from "vscode";
import type { Files } from "../core/files";
import { nodeFiles } from "../node/nodeFiles";
import { workspaceFiles } from "./workspaceFiles";

/** The files below a directory: read in ranges where Node can reach them, through VS Code elsewhere. */
export function filesAt(directory: vscode.Uri): Files {
	return directory.scheme === "file" ? nodeFiles(directory.fsPath) : workspaceFiles(directory);
}
