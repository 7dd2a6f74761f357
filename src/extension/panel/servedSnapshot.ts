import { findSnapshot } from "../../core/snapshot/catalog";
import type { Store } from "../../core/snapshot/model";
import type { SnapshotDescription } from "../../protocol/page";
import type { KnownStore } from "../stores/knownStore";
import { describeSnapshot } from "./describeSnapshot";
import { pageFindings } from "./pageFindings";
import { SnapshotFiles } from "./snapshotFiles";

/** The snapshot of a panel was not in its store when it was first looked for. */
export class SnapshotGone extends Error {
	override readonly name = "SnapshotGone";
	readonly code = "gone";
}

/** What of a store a snapshot's page is served from. */
export type ServedStore = Pick<KnownStore, "files" | "refresh" | "addFindings">;

/** One snapshot as its page sees it: what it is now, pieces of the files that it was told of, and what it found in them. */
export class ServedSnapshot {
	#description: SnapshotDescription | undefined;
	#files: SnapshotFiles;
	/** The store as it was when the page was last told of it. */
	#described: Store | undefined;

	constructor(
		private readonly store: ServedStore,
		private readonly id: string,
		/** Of the store, for people. */
		private readonly place: () => string,
	) {
		this.#files = new SnapshotFiles(store.files, []);
	}

	/** Throws `SnapshotGone` when it has never been there, and says why when the store cannot be read. */
	async describe(): Promise<SnapshotDescription> {
		const view = await this.store.refresh();
		if (view.state === "unreadable" && this.#description === undefined) throw new Error(view.message);
		this.#described = view.state === "read" ? view.store : undefined;
		this.#description = this.#look(this.#described);
		this.#files = new SnapshotFiles(this.store.files, this.#description.files);
		return this.#description;
	}

	read(file: unknown, offset: unknown, length: unknown): Promise<Uint8Array> {
		return this.#files.read(file, offset, length);
	}

	/** Tells the store what the page found in the files that it was told of, unless they have changed since. */
	report(findings: unknown): void {
		if (this.#described !== undefined) this.store.addFindings(this.#described, pageFindings(findings));
	}

	/** The id of the newest snapshot for `latest`, else the one that was asked for. Throws when it is not in the store. */
	async find(id: string): Promise<string> {
		const view = await this.store.refresh();
		if (view.state === "unreadable") throw new Error(view.message);
		const found = findSnapshot(view.store, id);
		if (found === undefined) throw new SnapshotGone(missing(id, this.place()));
		return found.id;
	}

	#look(store: Store | undefined): SnapshotDescription {
		const snapshot = store === undefined ? undefined : findSnapshot(store, this.id);
		if (store !== undefined && snapshot !== undefined) return describeSnapshot(store, snapshot, this.place());
		if (this.#description === undefined) throw new SnapshotGone(missing(this.id, this.place()));
		const newest = store?.newest?.id ?? this.id;
		return { ...this.#description, present: false, newest, upTo: undefined, files: [], findings: [] };
	}
}

function missing(id: string, place: string): string {
	return id === "latest" ? `There is no snapshot in ${place}.` : `Snapshot ${id} is no longer in ${place}.`;
}
