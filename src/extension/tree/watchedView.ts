import * as vscode from "vscode";
import { FileError } from "../../core/files";
import { filesAt } from "../filesAt";
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
	/** Stores came or went while the view was not on screen. */
	#missed = false;

	constructor(
		private readonly view: vscode.TreeView<unknown>,
		private readonly tree: StoreTree,
		private readonly stores: KnownStores,
	) {
		super();
		this.own(view.onDidChangeVisibility(() => void this.#look()));
		this.own(stores.onDidSearch(() => void this.#look()));
		// Every store has this directory. One that is removed and made again at once is told as a change.
		const generations = this.own(vscode.workspace.createFileSystemWatcher("**/generations", true, false, true));
		this.own(generations.onDidChange(() => this.#searchSoon()));
		// Of a directory that comes or goes with all there is in it, often only the topmost is told.
		const everything = this.own(vscode.workspace.createFileSystemWatcher("**", false, true, false));
		this.own(everything.onDidCreate((uri) => void this.#created(uri)));
		this.own(everything.onDidDelete((uri) => void this.#removed(uri)));
		this.own({ dispose: () => this.#lookAway() });
		void this.#look();
	}

	async #look(): Promise<void> {
		if (!this.view.visible) {
			this.#lookAway();
			return;
		}
		this.#redraw ??= setInterval(() => this.tree.redraw(), REDRAW_MS);
		if (this.#missed) this.#searchSoon();
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

	async #created(uri: vscode.Uri): Promise<void> {
		try {
			if ((await filesAt(uri).stat(""))?.kind === "directory") this.#searchSoon();
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
		}
	}

	async #removed(uri: vscode.Uri): Promise<void> {
		const holds = ({ uri: store }: KnownStore): boolean => `${store.path}/generations/`.startsWith(`${uri.path}/`);
		if ((await this.stores.all()).some(holds)) this.#searchSoon();
	}

	#searchSoon(): void {
		this.#missed = !this.view.visible;
		if (this.view.visible) this.stores.searchSoon();
	}
}
