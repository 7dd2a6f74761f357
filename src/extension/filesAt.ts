import type * as vscode from "vscode";
import { bytesSource, FileError, type Files } from "../core/files";
import type { OpenFile } from "../core/verify/verifyGeneration";
import { nodeFiles } from "../node/nodeFiles";
import { openListed } from "../node/openChain";
import { workspaceFiles } from "./workspaceFiles";

/** The files below a directory: read in ranges where Node can reach them, through VS Code elsewhere. */
export function filesAt(directory: vscode.Uri): Files {
	return directory.scheme === "file" ? nodeFiles(directory.fsPath) : workspaceFiles(directory);
}

/** Opens listed files below a directory; where Node cannot reach them each is read as a whole. */
export function openerAt(directory: vscode.Uri, files: Files): OpenFile {
	if (directory.scheme === "file") return async (file) => openListed(directory.fsPath, file);
	return async ({ path, sizeBytes, modifiedAt }) => {
		const bytes = await files.read(path, 0, sizeBytes);
		const now = await files.stat(path);
		if (now?.sizeBytes === sizeBytes && now.modifiedAt === modifiedAt) return { ...bytesSource(bytes), close() {} };
		throw new FileError("changed", path, `${path} changed since the store was listed.`);
	};
}
