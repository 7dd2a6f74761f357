import * as vscode from "vscode";
import { DATABASE, isDataDirectory, STORE_NAMES } from "../../core/dataDirectory/dataDirectory";
import { filesAt } from "../filesAt";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";

/** Whether a file is named as a node's live database is. */
export function isNamedLive(uri: vscode.Uri): boolean {
	return uri.path.endsWith(`/${DATABASE}`);
}

/**
 * Where the tree has a live database: at the store beside it, or at its data directory where that holds none. `undefined`
 * when nothing beside the file says that it is a node's. Throws `FileError`.
 */
export async function storeOfLive(stores: KnownStores, database: vscode.Uri): Promise<KnownStore | undefined> {
	const directory = vscode.Uri.joinPath(database, "..");
	const entries = await filesAt(directory).list("");
	const beside = entries.find(({ name, kind }) => kind === "directory" && STORE_NAMES.has(name));
	if (beside !== undefined) return stores.at(vscode.Uri.joinPath(directory, beside.name));
	return isDataDirectory(entries) ? stores.at(directory) : undefined;
}
