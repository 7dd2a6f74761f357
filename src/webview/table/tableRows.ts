import type { BrowseSpec, Survey } from "../../protocol/browse";
import type { EngineFunctions } from "../../protocol/engine";
import { RemoteError } from "../../protocol/rpc";
import type { Row } from "../../protocol/values";
import type { EngineSession } from "../engine/engineSession";
import { type MissingRows, RowCache } from "../grid/rowCache";
import type { RowSource } from "../grid/rowSource";
import { Watchers } from "../page/watchers";

/**
 * `finding` while rows are looked for; then `done` (all are found), `full` (as many as an engine keeps the places of),
 * `stopped` by the user, `failed`, or `keyless`: it must be queried instead.
 */
export type TableRowsState = "finding" | "done" | "full" | "stopped" | "failed" | "keyless";

/** How long an engine looks for rows before it answers what else it is asked, at first and later on. */
const FIRST_SLICE_MS = 10;
const SLICE_MS = 40;
/** An engine that does not come back from a slice for so long is ended. */
const PATIENCE_MS = 150;
/** So often in a row a browse is begun in another engine. */
const MOST_ENGINES = 3;

/** The rows of a table, any of them, as an engine finds them and a grid looks at them. */
export class TableRows implements RowSource {
	/** Empty until known. */
	columns: readonly string[] = [];
	types: readonly string[] = [];
	state: TableRowsState = "finding";
	/** What SQLite said when it failed. */
	error = "";
	/** In the engine of now; rows beyond cannot be fetched yet. */
	#found = 0;
	/** `undefined` before the first, and when the engine that it was in has ended. */
	#browse: Promise<number> | undefined;
	#slice: Promise<Survey> | undefined;
	#view = { first: 0, endExclusive: 0 };
	#isFetching = false;
	#isFinding = false;
	#isReleased = false;
	readonly #cache = new RowCache();
	readonly #watchers = new Watchers();

	/** @param rowCount As it was found when the same rows were looked at before. */
	constructor(
		private readonly session: EngineSession,
		readonly spec: BrowseSpec,
		public rowCount = 0,
	) {}

	get table(): string {
		return this.spec.table;
	}

	get complete(): boolean {
		return this.state === "done";
	}

	row(position: number): Row | undefined {
		return this.#cache.row(position);
	}

	want(first: number, endExclusive: number): void {
		this.#view = { first, endExclusive };
		void this.#fetch();
	}

	watch(changed: () => void): () => void {
		return this.#watchers.add(changed);
	}

	/** Finds rows; answers when all are found, or no more are looked for. Those in view are fetched meanwhile. */
	async start(): Promise<void> {
		if (this.#isFinding) return;
		this.#isFinding = true;
		await this.#guarded(async () => {
			for (let goesOn = true; goesOn && this.#isWanted; )
				goesOn = await this.#ask((engine, browse) => this.#find(engine, browse));
		});
		this.#isFinding = false;
	}

	/** Stops looking for more. What was found stays, unless the engine is lost in a search and has to be ended. */
	async stop(): Promise<void> {
		if (this.state !== "finding") return;
		this.state = "stopped";
		this.#watchers.tell();
		const slice = this.#slice?.then(
			() => "answered",
			() => "answered",
		);
		if ((await Promise.race([slice ?? "answered", pause(PATIENCE_MS)])) === "answered" || this.#isReleased) return;
		this.session.interrupt();
		this.#lose();
	}

	/** Frees the engine for something else. Nothing is told any more. */
	release(): void {
		this.#isReleased = true;
		void this.#browse?.then((browse) => this.session.ask((engine) => engine.closeBrowse(browse))).catch(() => {}); // It has ended.
		if (this.state === "finding") void this.stop();
	}

	get #isWanted(): boolean {
		return !this.#isReleased && this.state !== "stopped";
	}

	/** Answers whether there is more to find. */
	async #find(engine: EngineFunctions, browse: number): Promise<boolean> {
		if (!this.#isWanted) return false;
		const ms = this.#found === 0 ? FIRST_SLICE_MS : SLICE_MS;
		this.#slice = engine.surveyRows(browse, ms);
		const { rowCount, complete, full } = await this.#slice;
		this.#found = rowCount;
		if (this.state === "finding") {
			this.rowCount = complete || full ? rowCount : Math.max(this.rowCount, rowCount);
			if (complete) this.state = "done";
			else if (full) this.state = "full";
		}
		this.#tell();
		void this.#fetch();
		return !complete && !full;
	}

	/** Fetches rows in view that are not here, and those around them, until there are none. */
	async #fetch(): Promise<void> {
		// Whoever is told of rows asks for them anew: nothing is told where there was nothing to fetch.
		if (this.#isFetching || this.#missing() === undefined) return;
		this.#isFetching = true;
		await this.#guarded(async () => {
			try {
				for (let missing = this.#missing(); missing !== undefined; missing = this.#missing()) {
					const { first, count } = missing;
					const batch = await this.#ask((engine, browse) => engine.browseRows(browse, first, count));
					if (batch.rowCount === 0) break; // Another engine, which has still to find them.
					this.#cache.add(missing, batch);
					this.#tell();
				}
			} finally {
				this.#isFetching = false; // At once: who wants others now begins anew.
			}
		});
	}

	#missing(): MissingRows | undefined {
		if (this.#isReleased || this.#browse === undefined) return undefined;
		const { first, endExclusive } = this.#view;
		const inView = endExclusive - first;
		return (
			this.#cache.missing(first, endExclusive, this.#found) ??
			this.#cache.missing(endExclusive, endExclusive + inView, this.#found) ??
			this.#cache.missing(first - inView, first, this.#found)
		);
	}

	/** Asks about the browse, beginning it anew where the engine has been ended meanwhile. */
	async #ask<Answer>(request: (engine: EngineFunctions, browse: number) => Promise<Answer>): Promise<Answer> {
		for (let engines = 1; ; engines++) {
			this.#browse ??= this.#begin();
			const begun = this.#browse;
			try {
				const browse = await begun;
				return await this.session.ask((engine) => request(engine, browse));
			} catch (error) {
				const isLost = error instanceof RemoteError && error.code === "closed";
				if (!isLost || this.#isReleased || engines === MOST_ENGINES) throw error;
				if (this.#browse === begun) this.#browse = undefined;
				this.#found = 0;
				if (this.state === "stopped") this.#lose();
				else void this.start();
			}
		}
	}

	async #begin(): Promise<number> {
		const { browse, columns, types } = await this.session.ask((engine) => engine.browse(this.spec));
		this.columns = columns;
		this.types = types;
		this.#tell();
		if (browse !== undefined) return browse;
		this.state = "keyless";
		throw new Error("There is no key.");
	}

	/** The engine is gone, and with it the places of what was found. */
	#lose(): void {
		this.#browse = undefined;
		this.rowCount = 0;
		this.#found = 0;
		this.#cache.clear();
		this.#tell();
	}

	async #guarded(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (this.state !== "keyless" && this.state !== "stopped") {
				this.state = "failed";
				this.error = error instanceof Error ? error.message : String(error);
			}
			this.#tell();
		}
	}

	#tell(): void {
		if (!this.#isReleased) this.#watchers.tell();
	}
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
