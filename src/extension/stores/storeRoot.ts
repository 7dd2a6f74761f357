import type * as vscode from "vscode";
import { type Cancellation, FileError } from "../../core/files";
import { findStores } from "../../core/snapshot/discover";
import { filesAt } from "../filesAt";
import { searchSettings } from "../settings";
import { matchesExclude } from "./matchesExclude";

/** Where stores are looked for: a workspace folder, a directory of the user's settings, or the sample. */
export interface StoreRoot {
	readonly uri: vscode.Uri;
	readonly name: string;
	readonly kind: "folder" | "setting" | "sample";
}

/** What a search of one root came to. */
export interface SearchResult {
	readonly root: StoreRoot;
	/** Paths of stores below the root, empty for the root itself, and of data directories without one; by path. */
	readonly places: readonly FoundPlace[];
	/** Whether the search ended by itself, not at a limit. */
	readonly complete: boolean;
	/** How many directories were looked into. */
	readonly directories: number;
	/** Why the root could not be searched. */
	readonly error: string | undefined;
}

export interface FoundPlace {
	readonly path: string;
	/** `database`: a node's data directory that holds no store but a live database. */
	readonly holds: "store" | "database";
}

export async function searchRoot(root: StoreRoot, cancel: Cancellation): Promise<SearchResult> {
	const { depth, exclude } = searchSettings(root.uri);
	try {
		const found = await findStores(filesAt(root.uri), {
			maxDepth: depth,
			exclude: (name, path) => matchesExclude(exclude, name, path),
			cancel,
		});
		const places = [
			...found.paths.map((path): FoundPlace => ({ path, holds: "store" })),
			...found.dataDirectories.map((path): FoundPlace => ({ path, holds: "database" })),
		].sort((a, b) => (a.path < b.path ? -1 : 1));
		return { root, places, complete: found.complete, directories: found.directories, error: undefined };
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return { root, places: [], complete: false, directories: 0, error: error.message };
	}
}
