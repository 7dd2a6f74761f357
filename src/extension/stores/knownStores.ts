import * as vscode from "vscode";
import { filesAt } from "../filesAt";
import { SEARCH_ENDED_EARLY_CONTEXT, SETTINGS, STORES_VIEW } from "../ids";
import { Owner } from "../owner";
import { Debounce } from "./debounce";
import { KnownStore } from "./knownStore";
import { type StoreRoot, searchRoot } from "./storeRoot";

/** What was found below one root. */
export interface FoundRoot {
	readonly root: StoreRoot;
	/** By path. A store that an earlier root holds is not repeated. */
	readonly stores: readonly FoundStore[];
	/** Whether the search ended by itself, not at a limit. */
	readonly complete: boolean;
	/** How many directories were looked into. */
	readonly directories: number;
	/** Why the root could not be searched. */
	readonly error: string | undefined;
}

export interface FoundStore {
	/** Below its root, empty for the root itself. */
	readonly path: string;
	/** `database`: a node's data directory that holds no store but a live database. */
	readonly holds: "store" | "database";
	readonly store: KnownStore;
}

/** The stores of this window: those found below its roots, and those that a panel or a command has asked for by name. */
export class KnownStores extends Owner {
	readonly #found = this.own(new vscode.EventEmitter<void>());
	/** A search has ended: there may be other stores than before. */
	readonly onDidSearch = this.#found.event;
	readonly #changed = this.own(new vscode.EventEmitter<KnownStore>());
	/** One store became another. */
	readonly onDidChange = this.#changed.event;
	readonly #stores = new Map<string, KnownStore>();
	readonly #searchSoon = this.own(new Debounce(() => void this.search(), 500, 5000));
	#search: { readonly cancel: AbortController; readonly result: Promise<readonly FoundRoot[]> } | undefined;

	/** @param roots Where to look, asked at each search. */
	constructor(private readonly roots: () => readonly StoreRoot[]) {
		super();
		this.own(vscode.workspace.onDidChangeWorkspaceFolders(() => this.searchSoon()));
		this.own(
			vscode.workspace.onDidChangeConfiguration((change) => {
				const asked = [SETTINGS.searchDepth, SETTINGS.exclude, SETTINGS.roots];
				if (asked.some((setting) => change.affectsConfiguration(setting))) {
					this.searchSoon();
				}
			}),
		);
		this.own({ dispose: () => this.#search?.cancel.abort() });
	}

	/** What the last search found; searches the first time. */
	found(): Promise<readonly FoundRoot[]> {
		this.#search ??= this.#start();
		return this.#search.result;
	}

	/** Looks for stores again; a search that is under way ends. */
	async search(): Promise<void> {
		this.#search?.cancel.abort();
		this.#search = this.#start();
		await vscode.window.withProgress({ location: { viewId: STORES_VIEW } }, () => this.found());
		this.#found.fire();
	}

	/** As `search`, once for a burst of events, and not before somebody has asked what there is. */
	searchSoon(): void {
		if (this.#search !== undefined) this.#searchSoon.trigger();
	}

	/** The store in a directory, found or not. */
	at(uri: vscode.Uri): KnownStore {
		const key = uri.toString();
		const known = this.#stores.get(key);
		if (known !== undefined) return known;
		const store = this.own(new KnownStore(uri, filesAt(uri)));
		this.#stores.set(key, store);
		this.own(
			store.onDidChange(() => {
				this.#changed.fire(store);
				const live = store.data?.data.database;
				if (store.view?.state === "unreadable" && live === undefined) this.searchSoon();
			}),
		);
		return store;
	}

	/** Every found store, in the order of the tree. */
	async all(): Promise<readonly KnownStore[]> {
		return (await this.found()).flatMap(({ stores }) =>
			stores.filter(({ holds }) => holds === "store").map(({ store }) => store),
		);
	}

	/** Everything that was found: stores, and data directories without one; in the order of the tree. */
	async everything(): Promise<readonly KnownStore[]> {
		return (await this.found()).flatMap(({ stores }) => stores.map(({ store }) => store));
	}

	#start(): { readonly cancel: AbortController; readonly result: Promise<readonly FoundRoot[]> } {
		const cancel = new AbortController();
		return { cancel, result: this.#searchRoots(cancel.signal) };
	}

	async #searchRoots(cancel: AbortSignal): Promise<readonly FoundRoot[]> {
		const seen = new Set<KnownStore>();
		const found: FoundRoot[] = [];
		try {
			for (const root of this.roots()) {
				const { places, complete, directories, error } = await searchRoot(root, cancel);
				const stores = places
					.map((place) => ({
						...place,
						store: this.at(place.path === "" ? root.uri : vscode.Uri.joinPath(root.uri, place.path)),
					}))
					.filter(({ store }) => !seen.has(store));
				for (const { store } of stores) seen.add(store);
				found.push({ root, stores, complete, directories, error });
			}
		} catch (error) {
			if (!cancel.aborted) throw error;
			const newer = this.#search;
			// Whoever waits for this search wants what the newer one finds; there is none when the window closes.
			return newer !== undefined && !newer.cancel.signal.aborted ? newer.result : found;
		}
		// The welcome view tells it where nothing was found.
		const endedEarly = found.some(({ complete, error }) => !complete && error === undefined);
		void vscode.commands.executeCommand("setContext", SEARCH_ENDED_EARLY_CONTEXT, endedEarly);
		return found;
	}
}
