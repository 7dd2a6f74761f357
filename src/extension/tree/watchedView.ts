import * as vscode from "vscode";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import type { StoreTree } from "./storeTree";

/** Relative times in the tree are drawn again this often. */
const REDRAW_MS = 60_000;

/** Keeps what the view shows as it is on disk while the view is on screen, and does nothing while it is not. */
export class WatchedView extends Owner {
	readonly #watches = new Map<KnownStore, vscode.Disposable>();
	#redraw: NodeJS.Timeout | undefined;

	constructor(
		private readonly view: vscode.TreeView<unknown>,
		private readonly tree: StoreTree,
		private readonly stores: KnownStores,
	) {
		super();
		this.own(view.onDidChangeVisibility(() => this.#look()));
		this.own(stores.onDidChange(() => this.#look()));
		this.own(stores.onDidSearch(() => this.#look()));
		// Every store has this directory: one that is made or removed is a store that comes or goes. One that is removed and
		// made again at once is told as a change.
		const directories = this.own(vscode.workspace.createFileSystemWatcher("**/generations"));
		this.own(directories.onDidCreate(() => this.#searchSoon()));
		this.own(directories.onDidChange(() => this.#searchSoon()));
		this.own(directories.onDidDelete(() => this.#searchSoon()));
		this.own({ dispose: () => this.#lookAway() });
		this.#look();
	}

	#look(): void {
		if (!this.view.visible) {
			this.#lookAway();
			return;
		}
		this.#redraw ??= setInterval(() => this.tree.redraw(), REDRAW_MS);
		for (const store of this.stores.shown) {
			if (store.view !== undefined && !this.#watches.has(store)) this.#watches.set(store, store.watch());
		}
		for (const [store, watch] of this.#watches) {
			if (this.stores.shown.has(store)) continue;
			watch.dispose();
			this.#watches.delete(store);
		}
	}

	#lookAway(): void {
		clearInterval(this.#redraw);
		this.#redraw = undefined;
		for (const watch of this.#watches.values()) watch.dispose();
		this.#watches.clear();
	}

	#searchSoon(): void {
		if (this.view.visible) this.stores.searchSoon();
	}
}
