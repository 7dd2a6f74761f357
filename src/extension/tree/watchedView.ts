import * as vscode from "vscode";
import { DATABASE, RAFT_LOG } from "../../core/dataDirectory/dataDirectory";
import { FileError } from "../../core/files";
import { filesAt } from "../filesAt";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import type { StoreTree } from "./storeTree";

/** Relative times in the tree are drawn again this often. */
const REDRAW_MS = 60_000;

/** What rqlite calls the directories that make a store, or what holds one. */
const STORE_DIRECTORIES = "**/{generations,snapshots,rsnapshots,wsnapshots}";

/** Files that make a data directory. */
const NODE_FILE = new RegExp(`/(${RAFT_LOG}|${DATABASE})$`);

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
		// A store's directory that is removed and made again at once is told as a change of it.
		const directories = this.own(vscode.workspace.createFileSystemWatcher(STORE_DIRECTORIES, true, false, true));
		this.own(directories.onDidChange(() => this.#searchSoon()));
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
		const shown = new Set(await this.stores.everything());
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
		const everything = await this.stores.everything();
		// What comes inside a store is the store's own affair.
		if (everything.some((store) => store.view?.state === "read" && isAbove(store.uri, uri))) return;
		try {
			const kind = (await filesAt(uri).stat(""))?.kind;
			if (kind === "directory" || (kind === "file" && NODE_FILE.test(uri.path))) this.#searchSoon();
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
		}
	}

	async #removed(uri: vscode.Uri): Promise<void> {
		const gone = ({ uri: store }: KnownStore): boolean => isAbove(uri, store);
		if ((await this.stores.everything()).some(gone)) this.#searchSoon();
	}

	#searchSoon(): void {
		this.#missed = !this.view.visible;
		if (this.view.visible) this.stores.searchSoon();
	}
}

/** Whether a file lies below a directory, or is it. */
function isAbove(directory: vscode.Uri, file: vscode.Uri): boolean {
	return `${file.path}/`.startsWith(`${directory.path}/`);
}
