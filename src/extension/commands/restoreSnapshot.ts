import { existsSync } from "node:fs";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import type { Cancellation } from "../../core/files";
import { chainOf } from "../../core/snapshot/chain";
import type { Store } from "../../core/snapshot/model";
import { liesIn } from "../../node/liesIn";
import { confirmChain, openChain } from "../../node/openChain";
import { nodeDisk } from "../../store/disk/disk";
import { findingError } from "../../store/findingError";
import { restoreImage } from "../../store/restore/restoreImage";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { isTreeNode, storeOf } from "../tree/node";
import { withProgress } from "../writing/progress";
import { Refusal } from "../writing/refusal";
import { localDirectory } from "../writing/writableDirectory";
import { type PickedSnapshot, pickSnapshot, snapshotsOf } from "./pickSnapshot";
import { announceFile, askFile } from "./restoreFile";
import { restoreLive } from "./restoreLive";

const { t } = vscode.l10n;

/** "Restore snapshot to file…": a snapshot of the tree, or one that is asked for, as one SQLite file elsewhere. */
export async function restoreSnapshot(stores: KnownStores, target: unknown): Promise<void> {
	if (isTreeNode(target) && target.kind === "live") {
		return restoreLive(stores.at(vscode.Uri.parse(target.parent.uri, true)), target.directory);
	}
	const picked = await snapshotFor(stores, target);
	if (picked !== undefined) await restorePicked(picked.store, picked.snapshot.id);
}

/** Restores a snapshot of a store, by its id, or the live database beside it to a file that is asked for. */
export async function restorePicked(store: KnownStore, id: string): Promise<void> {
	if (id === LIVE_ID && store.data !== undefined) return restoreLive(store, store.data);
	const directory = localDirectory(store);
	const title = t("Restore snapshot {0}", id);
	const uri = await askFile(store, title, id);
	if (uri === undefined) return;
	const view = await store.refresh();
	if (view.state === "unreadable") throw new Refusal(view.message);
	await withProgress(title, ({ cancel, bytes }) =>
		restoreTo(uri.fsPath, { directory, store: view.store, id }, { cancel, progress: bytes }),
	);
	void announceFile(t("Snapshot {0} is restored to {1}.", id, uri.fsPath), uri);
}

/** Where a snapshot to be restored is. */
export interface RestoreSource {
	/** Of the store. */
	readonly directory: string;
	readonly store: Store;
	readonly id: string;
}

/** Writes a snapshot as one file outside its store, replacing what is there. Leaves nothing when it fails. */
export async function restoreTo(
	file: string,
	{ directory, store, id }: RestoreSource,
	options: { readonly cancel: Cancellation; readonly progress: (doneBytes: number, totalBytes: number) => void },
): Promise<void> {
	if (!existsSync(dirname(file))) throw new Refusal(t("{0} is not there.", dirname(file)));
	if (liesIn(directory, file)) {
		throw new Refusal(t("{0} lies in the store, which is only read. Choose another place.", file));
	}
	const snapshot = store.generations.flatMap(({ snapshots }) => snapshots).findLast((other) => other.id === id);
	if (snapshot === undefined) throw new Refusal(t("Snapshot {0} is not in its store.", id));
	const chain = chainOf(store, snapshot);
	const [broken] = chain.broken;
	if (broken !== undefined) throw findingError(broken);
	const files = await openChain(directory, chain, options.cancel);
	try {
		const confirm = (): Promise<void> => confirmChain(directory, snapshot.id, chain);
		await restoreImage(files, file, { ...options, confirm, disk: nodeDisk });
	} finally {
		files.close();
	}
}

async function snapshotFor(stores: KnownStores, target: unknown): Promise<PickedSnapshot | undefined> {
	const node = isTreeNode(target) ? storeOf(target) : undefined;
	const store = node === undefined ? undefined : stores.at(vscode.Uri.parse(node.uri, true));
	if (isTreeNode(target) && target.kind === "snapshot" && store !== undefined) {
		return { store, snapshot: target.snapshot };
	}
	const choices = await snapshotsOf(store === undefined ? await stores.all() : [store]);
	if (choices.length > 0) return pickSnapshot(choices, t("Restore snapshot to file"));
	throw new Refusal(t("There is no snapshot in this window. Open a folder that holds a store."));
}
