import * as vscode from "vscode";
import { formatBytes } from "../../core/format/formatBytes";
import { relativeTime } from "../../core/format/relativeTime";
import { storeSnapshots } from "../../core/snapshot/catalog";
import type { Snapshot } from "../../core/snapshot/model";
import type { KnownStore } from "../stores/knownStore";
import { withoutIcons } from "../text/withoutMarkup";

export interface PickedSnapshot {
	readonly store: KnownStore;
	readonly snapshot: Snapshot;
}

/** Every snapshot of stores, newest first; stores that cannot be read have none. */
export async function snapshotsOf(stores: readonly KnownStore[]): Promise<readonly PickedSnapshot[]> {
	const views = await Promise.all(stores.map(async (store) => ({ store, view: await store.read() })));
	return views
		.flatMap(({ store, view }) =>
			view.state === "read"
				? storeSnapshots(view.store)
						.map((snapshot) => ({ store, snapshot }))
						.reverse()
				: [],
		)
		.sort((a, b) => (b.snapshot.createdAt?.getTime() ?? 0) - (a.snapshot.createdAt?.getTime() ?? 0));
}

/** Asks which one, under a title; a choice of one is made without asking. */
export async function pickSnapshot(
	choices: readonly PickedSnapshot[],
	title: string,
): Promise<PickedSnapshot | undefined> {
	if (choices.length <= 1) return choices[0];
	const items = choices.map((choice) => ({ ...itemOf(choice), choice }));
	const picked = await vscode.window.showQuickPick(items, {
		title,
		placeHolder: vscode.l10n.t("Snapshot, newest first"),
		// A page that opens late takes the focus, and would take the question with it.
		ignoreFocusOut: true,
		matchOnDescription: true,
		matchOnDetail: true,
	});
	return picked?.choice;
}

function itemOf({ store, snapshot }: PickedSnapshot): vscode.QuickPickItem {
	const { createdAt, kind, sizeBytes } = snapshot;
	const language = vscode.env.language;
	return {
		label: withoutIcons(snapshot.id),
		description: [
			kind === "full" ? vscode.l10n.t("full") : vscode.l10n.t("incremental"),
			...(createdAt === undefined ? [] : [relativeTime(createdAt, new Date(), language)]),
			formatBytes(sizeBytes, language),
		].join(" · "),
		detail: withoutIcons(placeOf({ store, snapshot })),
	};
}

/** The store; with its generation where the layout has them. */
function placeOf({ store, snapshot }: PickedSnapshot): string {
	const place = vscode.workspace.asRelativePath(store.uri, true);
	const layout = store.view?.state === "read" ? store.view.store.layout : undefined;
	return layout === "generations" ? vscode.l10n.t("{0}, generation {1}", place, snapshot.generation) : place;
}
