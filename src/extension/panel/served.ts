import * as vscode from "vscode";
import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import { filesAt } from "../filesAt";
import type { KnownStore } from "../stores/knownStore";
import { ServedLive } from "./servedLive";
import { ServedSnapshot } from "./servedSnapshot";

/** What a page, or an export, is given of a snapshot or of a live database. */
export type Served = ServedSnapshot | ServedLive;

/** A snapshot of a store by its id, or the live database beside it. */
export function servedOf(store: KnownStore, id: string): Served {
	const place = () => relativePath(store.uri.toString());
	if (id !== LIVE_ID) return new ServedSnapshot(store, id, place);
	return new ServedLive(store, {
		place,
		placeOf: relativePath,
		pathOf: (uri) => vscode.Uri.parse(uri, true).fsPath,
		filesIn: (uri) => filesAt(vscode.Uri.parse(uri, true)),
	});
}

/** A directory as people know it, by its URI: workspace-relative where it can be. */
export function relativePath(uri: string): string {
	return vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true), true);
}
