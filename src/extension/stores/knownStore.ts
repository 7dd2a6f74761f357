import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { Files } from "../../core/files";
import { NotAStoreError, readStore, storeFindings } from "../../core/snapshot/catalog";
import type { Store } from "../../core/snapshot/model";
import type { Finding } from "../../core/verify/finding";
import { mergeFindings } from "../../core/verify/mergeFindings";
import type { SnapshotVerdict, Verification } from "../../core/verify/verification";
import { Owner } from "../owner";
import { dataDirectoryOf, hasLiveDatabase, type KnownDataDirectory } from "./dataDirectory";
import { StoreWatch } from "./storeWatch";

/** What is known of a store after it has been read. */
export type StoreView = ReadView | { readonly state: "unreadable"; readonly message: string };

export interface ReadView {
	readonly state: "read";
	readonly store: Store;
	/** Those of the listing and of snapshots that were opened; after a verification, all of that. */
	readonly findings: readonly Finding[];
	/** Whether its data files have been verified as they are now. */
	readonly verified: boolean;
	/** Of the snapshots that have been verified as they are now. */
	readonly verdicts?: readonly SnapshotVerdict[];
}

/**
 * One store of the window, or a data directory that has none yet: then it is unreadable as a store. It is read when
 * somebody asks, and again when it may have changed.
 */
export class KnownStore extends Owner {
	readonly #changed = this.own(new vscode.EventEmitter<void>());
	/**
	 * What is known of it became another: it changed on disk, or was verified. The first reading is no change: VS Code's
	 * tree loses children of a node that changes while they are asked for.
	 */
	readonly onDidChange = this.#changed.event;
	readonly #ended = new AbortController();
	#view: StoreView | undefined;
	#data: KnownDataDirectory | undefined;
	#reading: Promise<StoreView> | undefined;
	#staleWhileReading = false;
	#watch: StoreWatch | undefined;
	#watchers = 0;

	constructor(
		readonly uri: vscode.Uri,
		readonly files: Files,
	) {
		super();
		this.own({
			dispose: () => {
				this.#ended.abort();
				this.#watch?.dispose();
			},
		});
	}

	/** `undefined` until it has been read once. */
	get view(): StoreView | undefined {
		return this.#view;
	}

	/** The data directory that it lies in, or is, as it was when the store was last read. */
	get data(): KnownDataDirectory | undefined {
		return this.#data;
	}

	/** What is known of it; reads it the first time. */
	async read(): Promise<StoreView> {
		return this.#view ?? (await this.refresh());
	}

	/** Reads it again. Whoever asks while that goes on gets a view that is read after they asked. */
	refresh(): Promise<StoreView> {
		if (this.#reading !== undefined) this.#staleWhileReading = true;
		this.#reading ??= this.#readUntilFresh().finally(() => {
			this.#reading = undefined;
		});
		return this.#reading;
	}

	/**
	 * Keeps what is known of it as it is on disk, until the answer is disposed of. It costs a file watcher, so only what is
	 * on screen asks.
	 */
	watch(): vscode.Disposable {
		if (this.#watchers++ === 0) {
			const refresh = (): void => {
				if (this.#view !== undefined) void this.refresh();
			};
			this.#watch = new StoreWatch(this.uri, refresh);
			refresh();
		}
		let watching = true;
		return new vscode.Disposable(() => {
			if (watching && --this.#watchers === 0) this.#watch?.dispose();
			watching = false;
		});
	}

	/**
	 * Takes over the result of a verification, of the `whole` store or a part of it, and answers true, unless the store has
	 * changed since `store` was read.
	 */
	setVerified(store: Store, { findings, snapshots }: Verification, whole: boolean): boolean {
		const known = this.#view;
		if (known?.state !== "read" || known.store !== store) return false;
		if (whole) this.#view = { state: "read", store, findings, verified: true, verdicts: snapshots };
		else {
			const isOther = ({ id, generation }: SnapshotVerdict): boolean =>
				!snapshots.some((verdict) => verdict.id === id && verdict.generation === generation);
			const verdicts = [...(known.verdicts ?? []).filter(isOther), ...snapshots];
			this.#view = { ...known, findings: mergeFindings(known.findings, findings), verdicts };
		}
		this.#changed.fire();
		return true;
	}

	/** Takes over what opening a snapshot of `store` found in its files, unless the store has changed since or is verified. */
	addFindings(store: Store, found: readonly Finding[]): void {
		if (this.#view?.state !== "read" || this.#view.store !== store || this.#view.verified) return;
		const findings = mergeFindings(this.#view.findings, found);
		if (findings === this.#view.findings) return;
		this.#view = { ...this.#view, findings };
		this.#changed.fire();
	}

	async #readUntilFresh(): Promise<StoreView> {
		let fresh: StoreView;
		let data: KnownDataDirectory | undefined;
		do {
			this.#staleWhileReading = false;
			data = await dataDirectoryOf(this.uri);
			fresh = await this.#readOnce(data);
		} while (this.#staleWhileReading && !this.#ended.signal.aborted);
		const known = this.#view;
		// A node that writes to its live database changes nothing of its store, and of what is verified there.
		const view = known !== undefined && sameOnDisk(known, fresh) ? known : fresh;
		const changed = view !== known || !isDeepStrictEqual(data, this.#data);
		this.#view = view;
		this.#data = data;
		if (changed && known !== undefined && !this.#ended.signal.aborted) this.#changed.fire();
		return view;
	}

	async #readOnce(data: KnownDataDirectory | undefined): Promise<StoreView> {
		try {
			const store = await readStore(this.files, { cancel: this.#ended.signal });
			return { state: "read", store, findings: storeFindings(store), verified: false };
		} catch (error) {
			if (error instanceof NotAStoreError && data !== undefined && hasLiveDatabase(data)) {
				return { state: "unreadable", message: vscode.l10n.t("This data directory holds no snapshot store so far.") };
			}
			return { state: "unreadable", message: error instanceof Error ? error.message : String(error) };
		}
	}
}

function sameOnDisk(known: StoreView, fresh: StoreView): boolean {
	if (known.state === "read" && fresh.state === "read") return isDeepStrictEqual(known.store, fresh.store);
	return isDeepStrictEqual(known, fresh);
}
