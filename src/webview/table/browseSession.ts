import type { BrowseSpec } from "../../protocol/browse";
import type { ForeignKey } from "../../protocol/structure";
import type { EngineSession } from "../engine/engineSession";
import type { GridPlace } from "../grid/gridPlace";
import { QueryRun } from "../sql/queryRun";
import { runStatus } from "../sql/runStatus";
import { selectBrowsed } from "../sql/sqlText";
import { type BrowsePlace, BrowsePlaces } from "./browsePlaces";
import { browseStatus } from "./browseStatus";
import { followKey } from "./followKey";
import { TableRows } from "./tableRows";

/** Tables that are looked at one after another: the rows of now, and the places before and behind. */
export class BrowseSession {
	/** Foreign keys of the table of now, once they are read. */
	keys: readonly ForeignKey[] = [];
	/** Why a foreign key cannot be followed. */
	#error = "";
	#rows: TableRows | undefined;
	/** In place of the rows, for what has no key. */
	#run: QueryRun | undefined;
	readonly #places = new BrowsePlaces();

	constructor(
		private readonly engine: EngineSession,
		private readonly changed: () => void,
	) {}

	get spec(): BrowseSpec | undefined {
		return this.#places.current?.spec;
	}

	get source(): TableRows | QueryRun | undefined {
		return this.#run ?? this.#rows;
	}

	get canGoBack(): boolean {
		return this.#places.canGoBack;
	}

	get canGoForward(): boolean {
		return this.#places.canGoForward;
	}

	get isBusy(): boolean {
		return this.#run?.busy ?? this.#rows?.state === "finding";
	}

	get status(): string {
		if (this.#run !== undefined) return runStatus(this.#run);
		return this.#rows === undefined ? "" : browseStatus(this.#rows);
	}

	get error(): string {
		return this.source?.state === "failed" ? this.source.error : this.#error;
	}

	/** Goes on to other rows. `view`: what is in view of those of now. */
	visit(spec: BrowseSpec, view: GridPlace | undefined): void {
		this.#keep(view);
		this.#places.visit({ spec });
		this.#open({ spec });
	}

	/** Looks at the same table in another way. */
	change(spec: Partial<Pick<BrowseSpec, "filters" | "order">>): void {
		if (this.spec === undefined) return;
		const place = { spec: { ...this.spec, ...spec } };
		this.#places.replace(place);
		this.#open(place);
	}

	/** One place back or forward. Answers what was in view there. */
	go(by: -1 | 1, view: GridPlace | undefined): GridPlace | undefined {
		this.#keep(view);
		const place = this.#places.go(by);
		if (place !== undefined) this.#open(place);
		return place?.view;
	}

	/** Goes to what a row refers to. */
	async follow(key: ForeignKey, row: number, view: GridPlace | undefined): Promise<void> {
		const { source } = this;
		const values = source?.row(row);
		if (source === undefined || values === undefined) return;
		try {
			const spec = await followKey(this.engine, key, source.columns, values);
			if (spec !== undefined && source === this.source) this.visit(spec, view);
		} catch (error) {
			this.#error = error instanceof Error ? error.message : String(error);
			this.changed();
		}
	}

	stop(): void {
		this.#run?.cancel();
		void this.#rows?.stop();
	}

	/** Frees the engine. */
	release(): void {
		this.#run?.release();
		this.#rows?.release();
		this.#run = undefined;
		this.#rows = undefined;
	}

	#keep(view: GridPlace | undefined): void {
		const place = this.#places.current;
		if (place !== undefined) this.#places.replace({ ...place, view, rowCount: this.source?.rowCount ?? 0 });
	}

	#open({ spec, rowCount }: BrowsePlace): void {
		this.release();
		this.keys = [];
		this.#error = "";
		const rows = new TableRows(this.engine, spec, rowCount);
		this.#rows = rows;
		rows.watch(this.changed);
		void this.#start(rows);
		void this.#readKeys(spec.table);
		this.changed();
	}

	async #start(rows: TableRows): Promise<void> {
		await rows.start();
		if (rows.state !== "keyless" || this.#rows !== rows) return;
		this.#run = new QueryRun(selectBrowsed(rows.spec), this.engine, this.changed, { types: rows.types });
		await this.#run.start();
	}

	async #readKeys(table: string): Promise<void> {
		try {
			const { refersTo } = await this.engine.ask((engine) => engine.structure(table));
			if (this.spec?.table !== table) return;
			this.keys = refersTo;
			this.changed();
		} catch {
			// A schema with an error in it: then nothing can be followed, and the rows say what is wrong.
		}
	}
}
