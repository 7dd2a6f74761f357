import { encodeRow } from "../../protocol/rows";
import type { Row } from "../../protocol/values";
import type { EngineLife, EngineSession } from "../engine/engineSession";
import type { RowSource } from "../grid/rowSource";
import { Watchers } from "../page/watchers";
import { BUFFER_LIMITS, type BufferLimits, ResultBuffer } from "./resultBuffer";

/**
 * `running` until the first rows, `more` when further rows can be fetched, `fetching` while they are; then `done` (all
 * rows are here), `full` (a limit was reached), `failed` or `cancelled`.
 */
export type RunState = "running" | "more" | "fetching" | "done" | "full" | "failed" | "cancelled";

/** Rows asked for at first, so that they are there soon, and later on. */
const FIRST_ROWS = 500;
const MORE_ROWS = 2000;
/** Rows before the end at which more are asked for. */
const NEAR_END = 200;

export interface RunOptions {
	/** Values of the statement's parameters, the first for `?1`. */
	readonly parameters?: Row;
	readonly limits?: BufferLimits;
	/** Of its columns, where they are those of a table or view. */
	readonly types?: readonly string[];
}

/** One query from Run to its last row. */
export class QueryRun implements RowSource {
	/** Empty until known, and for statements without a result. */
	columns: readonly string[] = [];
	readonly types: readonly string[];
	readonly rows: ResultBuffer;
	state: RunState = "running";
	/** What SQLite said when it failed. */
	error = "";
	/** Time that the engine took for what has been answered. */
	elapsedMs = 0;
	#askedAt = 0;
	#cursor: number | undefined;
	/** The engine that has the cursor. */
	#life: EngineLife | undefined;
	readonly #parameters: Row;
	readonly #watchers = new Watchers();

	constructor(
		readonly sql: string,
		private readonly session: EngineSession,
		changed: () => void,
		{ parameters = [], limits = BUFFER_LIMITS, types = [] }: RunOptions = {},
	) {
		this.rows = new ResultBuffer(limits);
		this.types = types;
		this.#parameters = parameters;
		this.#watchers.add(changed);
	}

	get rowCount(): number {
		return this.rows.rowCount;
	}

	get complete(): boolean {
		return this.state === "done";
	}

	row(position: number): Row | undefined {
		return this.rows.row(position);
	}

	want(_first: number, endExclusive: number): void {
		if (endExclusive > this.rowCount - NEAR_END) void this.fetchMore();
	}

	watch(changed: () => void): () => void {
		return this.#watchers.add(changed);
	}

	get busy(): boolean {
		return this.state === "running" || this.state === "fetching";
	}

	/** The same with the request under way, up to now. */
	get waitedMs(): number {
		return this.elapsedMs + performance.now() - this.#askedAt;
	}

	async start(): Promise<void> {
		await this.#timed(async () => {
			this.#life = this.session.life;
			const values = this.#parameters.length === 0 ? [] : [encodeRow(this.#parameters)];
			const { cursor, columns } = await this.session.ask((engine) => engine.query(this.sql, ...values), this.#life);
			if (!this.busy) return;
			this.#cursor = cursor;
			this.columns = columns;
			await this.#fetch();
		});
	}

	/** Fetches the next batch, unless that is under way or there is none. */
	async fetchMore(): Promise<void> {
		if (this.state !== "more") return;
		this.state = "fetching";
		this.#watchers.tell();
		await this.#timed(() => this.#fetch());
	}

	cancel(): void {
		if (!this.busy) return;
		this.state = "cancelled";
		this.session.interrupt();
		this.#watchers.tell();
	}

	/** The engine is about to be ended, and what has not been fetched is lost. */
	abandon(): void {
		if (this.state !== "more") return;
		this.state = "cancelled";
		this.#cursor = undefined;
		this.#watchers.tell();
	}

	/** Frees the engine for another query. */
	release(): void {
		this.cancel();
		if (this.state === "more") this.#closeCursor();
	}

	async #fetch(): Promise<void> {
		const cursor = this.#cursor;
		if (cursor === undefined) return;
		const maxRows = Math.min(this.rows.rowCount === 0 ? FIRST_ROWS : MORE_ROWS, this.rows.room);
		const batch = await this.session.ask((engine) => engine.fetchRows(cursor, maxRows), this.#life);
		if (!this.busy) return;
		this.rows.add(batch);
		if (batch.done) {
			this.state = "done";
		} else if (this.rows.full) {
			this.state = "full";
			this.#closeCursor();
		} else {
			this.state = "more";
		}
	}

	async #timed(work: () => Promise<void>): Promise<void> {
		this.#askedAt = performance.now();
		try {
			await work();
		} catch (error) {
			if (this.busy) {
				this.state = "failed";
				this.error = error instanceof Error ? error.message : String(error);
			}
		}
		this.elapsedMs = this.waitedMs;
		this.#watchers.tell();
	}

	#closeCursor(): void {
		const cursor = this.#cursor;
		if (cursor === undefined) return;
		this.#cursor = undefined;
		this.session.ask((engine) => engine.closeCursor(cursor), this.#life).catch(() => {}); // The engine has ended, and its cursors with it.
	}
}
