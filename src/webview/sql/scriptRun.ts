import type { Row } from "../../protocol/values";
import type { EngineSession } from "../engine/engineSession";
import { t } from "../l10n";
import { findFaults } from "./findFaults";
import { QueryRun } from "./queryRun";
import { BUFFER_LIMITS } from "./resultBuffer";
import type { SqlRange } from "./sqlEditor";

/** A statement that is to run, where it begins in the editor's text, and the values of its parameters. */
export interface ScriptStatement {
	readonly text: string;
	readonly start: number;
	readonly parameters: Row;
}

/** Statements that are run at once at most; each keeps a result. */
export const MAX_STATEMENTS = 30;

/** One statement after another, until the last, the first error, or somebody cancels. Each has a result of its own. */
export class ScriptRun {
	/** Of the statements that have been begun. */
	runs: readonly QueryRun[] = [];
	/** What SQLite finds wrong with the text: places in the editor. */
	faults: readonly SqlRange[] = [];
	#running = false;
	#released = false;

	/** `statements`: one at least. */
	constructor(
		readonly statements: readonly ScriptStatement[],
		private readonly session: EngineSession,
		private readonly changed: () => void,
	) {}

	/** Whether a statement is at work, of those to come or for further rows. */
	get busy(): boolean {
		return this.#running || this.runs.some(({ busy }) => busy);
	}

	/** Why not all of it was run, where there was no error. */
	get note(): string | undefined {
		const { length } = this.statements;
		return length > MAX_STATEMENTS ? t("Of {0} statements the first {1} are run.", length, MAX_STATEMENTS) : undefined;
	}

	async start(): Promise<void> {
		this.#running = true;
		const statements = this.statements.slice(0, MAX_STATEMENTS);
		// What one result may take of memory, all of them may.
		const limits = { ...BUFFER_LIMITS, bytes: BUFFER_LIMITS.bytes / statements.length };
		for (const { text, parameters } of statements) {
			const run = new QueryRun(text, this.session, this.changed, { parameters, limits });
			this.runs = [...this.runs, run];
			await run.start();
			if (this.#released || run.state === "failed" || run.state === "cancelled") break;
		}
		this.#running = false;
		await this.#findFaults();
		this.changed();
	}

	/** Ends the engine if it is at work, and with it every result that is not all here. */
	cancel(): void {
		if (!this.busy) return;
		for (const run of this.runs) run.abandon();
		for (const run of this.runs) run.cancel();
	}

	/** Frees the engine for other queries. */
	release(): void {
		this.#released = true;
		for (const run of this.runs) run.release();
	}

	async #findFaults(): Promise<void> {
		const last = this.runs.at(-1);
		const statement = this.statements[this.runs.length - 1];
		if (this.#released || last?.state !== "failed" || statement === undefined) return;
		this.faults = await findFaults(this.session, statement, last.error);
	}
}
