import * as vscode from "vscode";
import { SNAPSHOT_SCHEME } from "../ids";

/** What an address in the file system of snapshots stands for. */
export type SnapshotPlace =
	| { readonly kind: "root" }
	/** URI of a store. */
	| { readonly kind: "store"; readonly store: string }
	| { readonly kind: "snapshot"; readonly store: string; readonly id: string };

const END = ".sqlite";

/** The address of a snapshot's database: `snapshot:/<URI of the store, encoded>/<id>.sqlite`. */
export function snapshotUri(store: vscode.Uri, id: string): vscode.Uri {
	return vscode.Uri.from({ scheme: SNAPSHOT_SCHEME, path: `/${encodeURIComponent(store.toString())}/${id}${END}` });
}

/** `undefined` for an address that stands for nothing. */
export function snapshotPlace({ path }: vscode.Uri): SnapshotPlace | undefined {
	const [store, file, ...more] = path.split("/").filter((part) => part !== "");
	if (store === undefined) return { kind: "root" };
	const uri = decoded(store);
	if (uri === undefined || more.length > 0) return undefined;
	if (file === undefined) return { kind: "store", store: uri };
	return file.endsWith(END) ? { kind: "snapshot", store: uri, id: file.slice(0, -END.length) } : undefined;
}

function decoded(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined; // no encoding of anything
	}
}
