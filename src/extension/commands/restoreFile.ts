import { homedir } from "node:os";
import * as vscode from "vscode";
import type { KnownStore } from "../stores/knownStore";
import { withoutLinks } from "../text/withoutMarkup";
import { Refusal } from "../writing/refusal";
import { revealFile } from "./reveal";

const { t } = vscode.l10n;

/** Asks where a database is to be written; `name` is the file's without its end. `undefined` when nobody says. */
export async function askFile(store: KnownStore, title: string, name: string): Promise<vscode.Uri | undefined> {
	const uri = await vscode.window.showSaveDialog({
		title,
		defaultUri: vscode.Uri.joinPath(defaultDirectory(store), `${name}.sqlite`),
		filters: { [t("SQLite databases")]: ["sqlite", "db"], [t("All files")]: ["*"] },
	});
	if (uri !== undefined && uri.scheme !== "file") {
		throw new Refusal(t("{0} is not on a disk of the machine that this extension runs on.", uri.toString()));
	}
	return uri;
}

/** The store's folder in this window, unless that is the store itself. */
export function defaultDirectory({ uri }: KnownStore): vscode.Uri {
	const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
	return folder === undefined || folder.toString() === uri.toString() ? vscode.Uri.file(homedir()) : folder;
}

/** Says that a file has been written, and offers to show it. */
export async function announceFile(message: string, uri: vscode.Uri): Promise<void> {
	const [show, copy] = [t("Reveal"), t("Copy Path")];
	const answer = await vscode.window.showInformationMessage(withoutLinks(message), show, copy);
	if (answer === show) await revealFile(uri);
	if (answer === copy) await vscode.env.clipboard.writeText(uri.fsPath);
}
