import type { KnownLogs } from "../core/snapshot/knownLogs";
import { type ChainSources, openImage } from "../core/snapshot/openImage";
import type { PageImage } from "../core/sqlite/image/pageImage";
import type { BrowseSpec, BrowseStarted, Survey } from "../protocol/browse";
import type { EngineOver, Opened, OpenOptions, QueryStarted, RowBatch } from "../protocol/engine";
import { decodeRow } from "../protocol/rows";
import type { Measuring } from "../protocol/space";
import type { Structure } from "../protocol/structure";
import { Browses } from "./browse/browses";
import type { Cursor } from "./cursor";
import { withDamagedPage } from "./damagedPage";
import { OpenHandles } from "./openHandles";
import { readBatch } from "./readBatch";
import { SnapshotDatabase } from "./snapshotDatabase";
import { SpaceMeasure } from "./spaceMeasure";
import type { Sqlite } from "./sqlite";
import { structureOf } from "./structure";

/** A snapshot's files as an engine reads them. */
export interface EngineSources extends ChainSources {
	/** Id of the snapshot. */
	readonly snapshot: string;
	/** What came of reading its logs before. */
	readonly known?: KnownLogs | undefined;
	/** Throws when a file is no longer what it was when it was opened; left out where none can change. */
	confirm?(): void;
}

interface Open {
	readonly sources: EngineSources;
	readonly database: SnapshotDatabase;
	readonly image: PageImage;
}

/** An engine in the thread that it is made in, over whatever `openSources` makes of a chain. */
export class LocalEngine<Chain> implements EngineOver<Chain> {
	readonly #sqlite: Promise<Sqlite>;
	readonly #openSources: (chain: Chain) => Promise<EngineSources>;
	readonly #cursors = new OpenHandles<Cursor>("result");
	readonly #browses = new Browses();
	#open: Open | undefined;
	#measure: SpaceMeasure | undefined;

	/** `sqlite`: may still be starting; when that fails, `open` says why. */
	constructor(sqlite: Promise<Sqlite>, openSources: (chain: Chain) => Promise<EngineSources>) {
		this.#sqlite = sqlite;
		this.#openSources = openSources;
		sqlite.catch(() => {}); // told by `open`
	}

	async open(chain: Chain, { allowDamaged }: OpenOptions): Promise<Opened> {
		const sqlite = await this.#sqlite;
		const sources = await this.#openSources(chain);
		return confirmed(sources, (): Opened => {
			const { image, report } = openImage(sources, sources.snapshot, { known: sources.known });
			if (!image || (report.findings.length > 0 && !allowDamaged))
				return { state: "damaged", report, canOpen: image !== undefined };
			this.#browses.clear();
			this.#cursors.clear();
			this.#open?.database.close();
			const database = new SnapshotDatabase(sqlite, image);
			this.#open = { sources, database, image };
			this.#measure = undefined;
			return { state: "open", report, lazily: database.lazily };
		});
	}

	async schema() {
		return this.#answer((database) => database.schema());
	}

	async countRows(name: string): Promise<number> {
		return this.#answer((database) => database.countRows(name));
	}

	async structure(name: string): Promise<Structure> {
		return this.#answer((database) => structureOf(database, name));
	}

	async measureSpace(): Promise<Measuring> {
		return this.#answer((_, image) => {
			this.#measure ??= new SpaceMeasure(image);
			const measuring = this.#measure.next();
			if (measuring.done) this.#measure = undefined;
			return measuring;
		});
	}

	async query(sql: string, parameters?: Uint8Array): Promise<QueryStarted> {
		const values = parameters === undefined ? [] : decodeRow(parameters);
		const cursor = this.#answer((database) => database.query(sql, values));
		return { cursor: this.#cursors.add(cursor), columns: cursor.columns };
	}

	async fetchRows(id: number, maxRows: number): Promise<RowBatch> {
		const cursor = this.#cursors.get(id);
		let done = true;
		try {
			const batch = this.#answer(() => readBatch(cursor, maxRows));
			done = batch.done;
			return batch;
		} finally {
			if (done) await this.closeCursor(id);
		}
	}

	async closeCursor(id: number): Promise<void> {
		this.#cursors.close(id);
	}

	async browse(spec: BrowseSpec): Promise<BrowseStarted> {
		return this.#answer((database) => this.#browses.start(database, spec));
	}

	async surveyRows(browse: number, ms: number): Promise<Survey> {
		return this.#answer(() => this.#browses.survey(browse, ms));
	}

	async browseRows(browse: number, first: number, maxRows: number): Promise<RowBatch> {
		return this.#answer(() => this.#browses.rows(browse, first, maxRows));
	}

	async closeBrowse(browse: number): Promise<void> {
		this.#browses.close(browse);
	}

	#answer<Answer>(work: (database: SnapshotDatabase, image: PageImage) => Answer): Answer {
		const open = this.#open;
		if (!open) throw new Error("No snapshot is open.");
		const { sources, database, image } = open;
		return confirmed(sources, () => {
			try {
				return work(database, image);
			} catch (error) {
				throw withDamagedPage(error, database, image);
			}
		});
	}
}

/** What work over files answers, or how it fails; where they changed meanwhile both mean nothing, and that is said. */
function confirmed<Answer>(sources: EngineSources, work: () => Answer): Answer {
	try {
		return work();
	} finally {
		sources.confirm?.();
	}
}
