import * as vscode from "vscode";
import { snapshotUri } from "../fileSystem/snapshotUri";
import type { KnownStores } from "../stores/knownStores";
import { isTreeNode, storeOf } from "../tree/node";
import { Refusal } from "../writing/refusal";
import { pickSnapshot, snapshotsOf } from "./pickSnapshot";

const { t } = vscode.l10n;

/** Of VS Code itself: asks which of the editors that take a file is to open it. */
const OPEN_WITH = "explorer.openWith";

/** "Open snapshot with…": the database of a snapshot, read-only, in an editor that is asked for. */
export async function openSnapshotWith(stores: KnownStores, target: unknown): Promise<void> {
	const uri = await uriFor(stores, target);
	if (uri === undefined) return;
	// Looked at here, where it can be said in a sentence why it cannot be opened.
	await vscode.workspace.fs.stat(uri).then(undefined, (error: unknown) => {
		throw error instanceof vscode.FileSystemError ? new Refusal(error.message) : error;
	});
	const commands = await vscode.commands.getCommands();
	await vscode.commands.executeCommand(commands.includes(OPEN_WITH) ? OPEN_WITH : "vscode.open", uri);
}

async function uriFor(stores: KnownStores, target: unknown): Promise<vscode.Uri | undefined> {
	if (isTreeNode(target) && target.kind === "snapshot") {
		const store = storeOf(target);
		return store && snapshotUri(vscode.Uri.parse(store.uri, true), target.snapshot.id);
	}
	const choices = await snapshotsOf(await stores.all());
	if (choices.length === 0)
		throw new Refusal(t("There is no snapshot in this window. Open a folder that holds a store."));
	const picked = await pickSnapshot(choices, t("Open snapshot with"));
	return picked && snapshotUri(picked.store.uri, picked.snapshot.id);
}
