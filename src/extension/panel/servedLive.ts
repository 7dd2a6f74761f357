import { setTimeout } from "node:timers/promises";
import {
	confirmLiveDatabase,
	LIVE_ID,
	type LiveDatabase,
	readLiveDatabase,
} from "../../core/dataDirectory/liveDatabase";
import { FileError, type Files } from "../../core/files";
import type { SnapshotDescription } from "../../protocol/page";
import type { HeldPlace } from "../engine/servedEngines";
import type { KnownStore } from "../stores/knownStore";
import { ServedSnapshot, SnapshotGone } from "./servedSnapshot";
import { SnapshotFiles } from "./snapshotFiles";

/** The live database beside a store as its page sees it, through the same door as a snapshot. */
export class ServedLive {
	#description: SnapshotDescription | undefined;
	#files: SnapshotFiles | undefined;
	#live: { readonly directory: string; readonly files: Files; readonly database: LiveDatabase } | undefined;
	/** Whether pieces have been handed out, or the files held, since the page was last told what there is. */
	#isBeingRead = false;

	constructor(
		private readonly store: Pick<KnownStore, "data" | "refresh" | "files" | "addFindings">,
		private readonly at: {
			/** Of the store, for people. */
			place(): string;
			/** Of a directory, by its URI, for people. */
			placeOf(uri: string): string;
			/** Path of a directory, by its URI, for Node. */
			pathOf(uri: string): string;
			/** Below a directory, by its URI. */
			filesIn(uri: string): Files;
		},
	) {}

	/**
	 * What there is to read now. A page that asks whether what it has just read is one state is told the same again as
	 * long as it is, whatever the node has written behind it. Throws `SnapshotGone` when there never was a database.
	 */
	async describe(): Promise<SnapshotDescription> {
		const wasBeingRead = this.#isBeingRead;
		this.#isBeingRead = false;
		if (wasBeingRead && this.#description !== undefined && (await this.#isStill())) return this.#description;
		await this.store.refresh();
		const { data } = this.store;
		if (data === undefined || (data.data.database === undefined && data.data.unusable === undefined)) {
			if (this.#description === undefined)
				throw new SnapshotGone(`There is no live database beside ${this.at.place()}.`);
			this.#files = undefined;
			this.#description = { ...this.#description, present: false, upTo: undefined, files: [], findings: [] };
			return this.#description;
		}
		const files = this.at.filesIn(data.uri);
		const database = await readLiveDatabase(files, { pause: (milliseconds) => setTimeout(milliseconds) });
		this.#live = { directory: this.at.pathOf(data.uri), files, database };
		this.#description = describeLive(database, this.at.placeOf(data.uri));
		this.#files = new SnapshotFiles(files, this.#description.files, () => this.#isStill());
		return this.#description;
	}

	async read(file: unknown, offset: unknown, length: unknown): Promise<Uint8Array> {
		this.#isBeingRead = true;
		return (this.#files ?? new SnapshotFiles(this.store.files, [])).read(file, offset, length);
	}

	/**
	 * Where the files lie that were described last, for whoever holds them open: the node may make the log longer
	 * meanwhile. Throws when nothing has been described.
	 */
	hold(): HeldPlace {
		if (this.#live === undefined) throw new Error("No live database has been described.");
		this.#isBeingRead = true;
		const { directory, database } = this.#live;
		return { directory, logHeader: database.wal && database.walHeader };
	}

	/** What is found in it is no finding on the store. */
	report(): void {}

	/** The snapshot of the store beside it that the page asked for. */
	find(id: string): Promise<string> {
		return new ServedSnapshot(this.store, id, () => this.at.place()).find(id);
	}

	async #isStill(): Promise<boolean> {
		if (this.#live === undefined) return false;
		try {
			await confirmLiveDatabase(this.#live.files, this.#live.database);
			return true;
		} catch (error) {
			if (error instanceof FileError) return false;
			throw error;
		}
	}
}

function describeLive({ base, wal, findings }: LiveDatabase, place: string): SnapshotDescription {
	const files = wal === undefined ? [base] : [base, wal];
	return {
		live: true,
		store: place,
		layout: "generations",
		generation: "",
		id: LIVE_ID,
		term: "",
		index: "",
		kind: "full",
		createdAt: new Date(Math.max(...files.map(({ modifiedAt }) => modifiedAt))).toISOString(),
		newest: LIVE_ID,
		present: true,
		upTo: LIVE_ID,
		files,
		// The file may hold part of the log already.
		pending: files.length - 1,
		compacted: false,
		findings,
		raft: { configurationIndex: undefined, servers: [], changes: [], earlierChanges: 0 },
	};
}
