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
		this.own(view.onDidChangeVisibility(() => void this.#look()));
		this.own(stores.onDidSearch(() => void this.#look()));
		// Every store has this directory: where one is made, or removed and made again at once, there is a store to find.
		const directories = this.own(vscode.workspace.createFileSystemWatcher("**/generations", false, false, true));
		this.own(directories.onDidCreate(() => this.#searchSoon()));
		this.own(directories.onDidChange(() => this.#searchSoon()));
		// Of a directory that goes with all there is in it, only the topmost is told.
		const removals = this.own(vscode.workspace.createFileSystemWatcher("**", true, true, false));
		this.own(removals.onDidDelete((uri) => this.#removed(uri)));
		this.own({ dispose: () => this.#lookAway() });
		void this.#look();
	}

	async #look(): Promise<void> {
		if (!this.view.visible) {
			this.#lookAway();
			return;
		}
		this.#redraw ??= setInterval(() => this.tree.redraw(), REDRAW_MS);
		const shown = new Set(await this.stores.all());
		if (!this.view.visible) return;
		for (const store of shown) {
			if (!this.#watches.has(store)) this.#watches.set(store, store.watch());
		}
		for (const [store, watch] of this.#watches) {
			if (shown.has(store)) continue;
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

	#removed(uri: vscode.Uri): void {
		const holds = ({ uri: store }: KnownStore): boolean => `${store.path}/generations/`.startsWith(`${uri.path}/`);
		if ([...this.#watches.keys()].some(holds)) this.#searchSoon();
	}

	#searchSoon(): void {
		if (this.view.visible) this.stores.searchSoon();
	}
}
