import * as vscode from "vscode";
import { liesIn } from "../../node/liesIn";
import { announceFile } from "../commands/restoreFile";
import type { KnownStore } from "../stores/knownStore";
import { fileName } from "../text/fileName";
import { Refusal } from "../writing/refusal";

const { t } = vscode.l10n;

/** Asks where a value of a result is to be saved, and writes it there. Throws `Refusal` for a place in the store. */
export async function saveValue(store: KnownStore, name: unknown, bytes: unknown): Promise<void> {
	if (!(bytes instanceof Uint8Array)) throw new TypeError("a value to be saved is its bytes");
	const folder = vscode.workspace.getWorkspaceFolder(store.uri)?.uri ?? store.uri;
	const proposal = vscode.Uri.joinPath(folder, fileName(String(name)));
	const uri = await vscode.window.showSaveDialog({
		title: t("Save value to file"),
		// No place in a store, which is only read.
		...(isIn(store.uri, proposal) ? {} : { defaultUri: proposal }),
	});
	if (uri === undefined) return;
	if (isIn(store.uri, uri)) {
		throw new Refusal(t("{0} lies in the store, which is only read. Choose another place.", uri.fsPath));
	}
	await vscode.workspace.fs.writeFile(uri, bytes);
	void announceFile(t("The value is saved to {0}.", uri.fsPath), uri);
}

function isIn(directory: vscode.Uri, file: vscode.Uri): boolean {
	if (directory.scheme !== file.scheme || directory.authority !== file.authority) return false;
	if (file.scheme === "file") return liesIn(directory.fsPath, file.fsPath);
	return `${file.path}/`.startsWith(`${directory.path}/`);
}
