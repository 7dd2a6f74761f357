import type * as vscode from "vscode";
import { type Cancellation, FileError } from "../../core/files";
import { findStores } from "../../core/snapshot/discover";
import { filesAt } from "../filesAt";
import { searchSettings } from "../settings";
import { matchesExclude } from "./matchesExclude";

/** Where stores are looked for: a workspace folder, or the sample. */
export interface StoreRoot {
	readonly uri: vscode.Uri;
	readonly name: string;
	readonly sample: boolean;
}

/** What a search of one root came to. */
export interface SearchResult {
	readonly root: StoreRoot;
	/** Paths of stores below the root, empty for the root itself; by path. */
	readonly paths: readonly string[];
	/** Whether the search ended by itself, not at a limit. */
	readonly complete: boolean;
	/** Why the root could not be searched. */
	readonly error: string | undefined;
}

export async function searchRoot(root: StoreRoot, cancel: Cancellation): Promise<SearchResult> {
	const { depth, exclude } = searchSettings(root.uri);
	try {
		const found = await findStores(filesAt(root.uri), {
			maxDepth: depth,
			exclude: (name, path) => matchesExclude(exclude, name, path),
			cancel,
		});
		return { root, paths: [...found.paths].sort(), complete: found.complete, error: undefined };
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return { root, paths: [], complete: false, error: error.message };
	}
}
