import * as vscode from "vscode";
import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import { FileError } from "../../core/files";
import { findSnapshot } from "../../core/snapshot/catalog";
import { visible } from "../../core/text";
import type { SnapshotPanels } from "../panel/snapshotPanels";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { withoutLinks } from "../text/withoutMarkup";
import { isTreeNode } from "../tree/node";
import { isNamedLive, storeOfLive } from "./liveStore";
import { type PickedSnapshot, pickSnapshot, snapshotsOf } from "./pickSnapshot";
import { storePlace } from "./storePlace";

/**
 * "Open snapshot as database": for a node of the tree, for a file or directory of VS Code's Explorer, and without
 * either for one that is asked for.
 */
export async function openSnapshot(stores: KnownStores, panels: SnapshotPanels, target: unknown): Promise<void> {
	try {
		if (isTreeNode(target) && target.kind === "live") {
			panels.show(stores.at(vscode.Uri.parse(target.parent.uri, true)), LIVE_ID);
			return;
		}
		if (target instanceof vscode.Uri && isNamedLive(target)) {
			panels.show(await liveStore(stores, target), LIVE_ID);
			return;
		}
		const picked = await snapshotFor(stores, target);
		if (picked !== undefined) panels.show(picked.store, picked.snapshot.id);
	} catch (error) {
		if (!(error instanceof NothingToOpen)) throw error;
		await vscode.window.showWarningMessage(withoutLinks(error.message));
	}
}

/** Why there is no snapshot to open, in a sentence for the user. */
class NothingToOpen extends Error {
	override readonly name = "NothingToOpen";
}

async function liveStore(stores: KnownStores, database: vscode.Uri): Promise<KnownStore> {
	let store: KnownStore | undefined;
	try {
		store = await storeOfLive(stores, database);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw new NothingToOpen(error.message);
	}
	if (store !== undefined) return store;
	throw new NothingToOpen(
		vscode.l10n.t(
			"{0} is no live database of a node: neither a Raft log nor a snapshot store lies beside it.",
			visible(database.fsPath),
		),
	);
}

async function snapshotFor(stores: KnownStores, target: unknown): Promise<PickedSnapshot | undefined> {
	if (isTreeNode(target) && target.kind === "snapshot") {
		const { snapshot, parent } = target;
		return { store: stores.at(vscode.Uri.parse(parent.parent.uri, true)), snapshot };
	}
	if (target instanceof vscode.Uri) return snapshotAt(stores, target);
	const choices = await snapshotsOf(await stores.all());
	if (choices.length === 0) {
		throw new NothingToOpen(vscode.l10n.t("There is no snapshot in this window. Open a folder that holds a store."));
	}
	return pickSnapshot(choices, vscode.l10n.t("Open snapshot as database"));
}

async function snapshotAt(stores: KnownStores, uri: vscode.Uri): Promise<PickedSnapshot | undefined> {
	const place = storePlace(uri.path);
	if (place === undefined) {
		throw new NothingToOpen(vscode.l10n.t("{0} is no part of a snapshot in a store.", visible(uri.fsPath)));
	}
	const store = stores.at(uri.with({ path: place.store === "" ? "/" : place.store }));
	const view = await store.refresh();
	if (view.state === "unreadable") throw new NothingToOpen(view.message);
	if (place.snapshot !== undefined) {
		const snapshot = findSnapshot(view.store, place.snapshot);
		if (snapshot !== undefined) return { store, snapshot };
		throw new NothingToOpen(vscode.l10n.t("Snapshot {0} is not in its store.", place.snapshot));
	}
	return snapshotOfBase(store, view.store.generations.find(({ name }) => name === place.generation)?.snapshots ?? []);
}

/** A base is the state of its generation's full snapshot. After a reap that is gone: then one of those left is asked for. */
async function snapshotOfBase(
	store: PickedSnapshot["store"],
	snapshots: readonly PickedSnapshot["snapshot"][],
): Promise<PickedSnapshot | undefined> {
	const full = snapshots.find(({ kind }) => kind === "full");
	if (full !== undefined) return { store, snapshot: full };
	if (snapshots.length === 0) {
		throw new NothingToOpen(vscode.l10n.t("The generation of this base has no snapshot."));
	}
	return pickSnapshot(
		snapshots.map((snapshot) => ({ store, snapshot })).reverse(),
		vscode.l10n.t("Open snapshot as database"),
	);
}
