import * as vscode from "vscode";
import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import type { PageQuery } from "../../protocol/pageQuery";
import { pickSnapshot, snapshotsOf } from "../commands/pickSnapshot";
import { SNAPSHOT_PANEL } from "../ids";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { parsePanelState } from "./panelState";
import { type PageActions, type PanelContext, type Shown, SnapshotPanel } from "./snapshotPanel";
import { tabTitle } from "./tabTitle";

/** The open panels: one for each snapshot, shown again when it is asked for again, and back after a reload. */
export class SnapshotPanels extends Owner implements vscode.WebviewPanelSerializer {
	readonly #open = new Map<string, SnapshotPanel>();

	constructor(
		private readonly context: PanelContext,
		private readonly stores: KnownStores,
		private readonly actions: Omit<PageActions, "openSnapshot" | "runElsewhere">,
	) {
		super();
		this.own(vscode.window.registerWebviewPanelSerializer(SNAPSHOT_PANEL, this));
		this.own({
			dispose: () => {
				for (const panel of this.#open.values()) panel.dispose();
			},
		});
	}

	/** `query`: to be run in its page. */
	show(store: KnownStore, snapshot: string, query?: PageQuery): void {
		const open = this.#open.get(keyOf(store, snapshot));
		if (open !== undefined) {
			open.reveal();
			if (query !== undefined) open.run(query);
			return;
		}
		const panel = vscode.window.createWebviewPanel(SNAPSHOT_PANEL, "", vscode.ViewColumn.Active, {
			// A hidden page would lose a running query and its rows; what it holds is bounded by what it may fetch.
			retainContextWhenHidden: true,
		});
		this.#serve(panel, { store, snapshot, query });
	}

	/** The store of the panel that the user works in. */
	get storeInFront(): KnownStore | undefined {
		return this.inFront?.store;
	}

	/** The panel that the user works in. */
	get inFront(): SnapshotPanel | undefined {
		return [...this.#open.values()].find(({ isInFront }) => isInFront);
	}

	async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
		const state = parsePanelState(kept);
		const store = state === undefined ? undefined : this.stores.at(vscode.Uri.parse(state.storeUri, true));
		if (state === undefined || store === undefined || this.#open.has(keyOf(store, state.snapshot))) panel.dispose();
		else this.#serve(panel, { ...state, store });
	}

	#serve(panel: vscode.WebviewPanel, shown: Shown): void {
		const key = keyOf(shown.store, shown.snapshot);
		const media = vscode.Uri.joinPath(this.context.extensionUri, "media");
		panel.iconPath = {
			light: vscode.Uri.joinPath(media, "snapshot-light.svg"),
			dark: vscode.Uri.joinPath(media, "snapshot-dark.svg"),
		};
		const served = new SnapshotPanel(panel, shown, this.context, {
			openSnapshot: (other, id) => this.show(other, id),
			runElsewhere: (store, but, query) => this.#runElsewhere(store, but, query),
			...this.actions,
		});
		this.#open.set(key, served);
		this.#entitle();
		// Which data directory a live database belongs to is known once its store has been read.
		if (shown.snapshot === LIVE_ID) void shown.store.read().then(() => this.#entitle());
		served.onDidEnd(() => {
			this.#open.delete(key);
			this.#entitle();
		});
	}

	async #runElsewhere(store: KnownStore, but: string, query: PageQuery): Promise<void> {
		const others = (await snapshotsOf([store])).filter(({ snapshot }) => snapshot.id !== but);
		if (others.length === 0) throw new Error(vscode.l10n.t("There is no other snapshot in this store."));
		const picked = await pickSnapshot(others, vscode.l10n.t("Run the query on another snapshot"));
		if (picked !== undefined) this.show(store, picked.snapshot.id, query);
	}

	#entitle(): void {
		const panels = [...this.#open.values()];
		for (const panel of panels) panel.title = tabTitle(panel, panels);
	}
}

function keyOf(store: KnownStore, snapshot: string): string {
	return `${store.uri.toString()}\n${snapshot}`;
}
