import * as vscode from "vscode";
import { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { withoutIcons } from "../text/withoutMarkup";
import { isTreeNode, storeOf } from "../tree/node";

const { t } = vscode.l10n;

/**
 * A store itself, for a node of the tree its store; without either, the one `inFront`, the only store, or the one that is
 * asked for under a title.
 */
export async function storeFor(
	stores: KnownStores,
	target: unknown,
	title: string,
	inFront?: KnownStore,
): Promise<KnownStore | undefined> {
	if (target instanceof KnownStore) return target;
	const node = isTreeNode(target) ? storeOf(target) : undefined;
	if (node !== undefined) return stores.at(vscode.Uri.parse(node.uri, true));
	return inFront ?? pick(await stores.all(), title);
}

async function pick(stores: readonly KnownStore[], title: string): Promise<KnownStore | undefined> {
	if (stores.length === 0) {
		await vscode.window.showWarningMessage(t("There is no store in this window. Open a folder that holds one."));
	}
	if (stores.length <= 1) return stores[0];
	const items = stores.map((store) => ({
		label: withoutIcons(vscode.workspace.asRelativePath(store.uri, true)),
		store,
	}));
	const picked = await vscode.window.showQuickPick(items, { title, placeHolder: t("Store"), ignoreFocusOut: true });
	return picked?.store;
}
