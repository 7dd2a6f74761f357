import type { SchemaObject } from "../../protocol/engine";
import type { EngineSession } from "../engine/engineSession";
import { t } from "../l10n";
import { findFaults } from "./findFaults";
import { type PlanStep, readPlan } from "./queryPlan";
import type { QueryRun } from "./queryRun";
import { runStatus } from "./runStatus";
import { ScriptRun, type ScriptStatement } from "./scriptRun";
import type { SqlRange } from "./sqlEditor";

/** What came of the last thing that was asked for: results, a plan, a definition, or an error. */
export class QueryAnswer {
	/** The statements that run, or have been. */
	script: ScriptRun | undefined;
	/** Position of the result that is shown. */
	shown = 0;
	/** How SQLite would go about a statement. */
	plan: readonly PlanStep[] | undefined;
	/** An index, trigger or table that cannot be queried: shown instead of rows. */
	definition: SchemaObject | undefined;
	/** The places that the error is about, in the text that was in the editor. */
	faults: readonly SqlRange[] = [];
	#error = "";
	/** How many statements of the script have been begun, as far as has been seen. */
	#begun = 0;
	/** How often it was emptied: an answer to what was asked before comes too late. */
	#emptied = 0;

	constructor(private readonly changed: () => void) {}

	get run(): QueryRun | undefined {
		return this.script?.runs[this.shown];
	}

	get busy(): boolean {
		return this.script?.busy ?? false;
	}

	/** Why there is nothing to show, or not all. */
	get error(): string {
		return this.run?.state === "failed" ? this.run.error : this.#error;
	}

	get status(): string {
		const { run } = this;
		// The next statement is about to begin.
		if (this.busy && !run?.busy) return t("Running…");
		if (run !== undefined) return runStatus(run);
		if (this.plan !== undefined) return t("This is how SQLite would go about it; nothing was run.");
		return this.definition === undefined && this.#error === "" ? t("Choose a table, or write a query.") : "";
	}

	/** Ends what runs, and forgets what came of it. */
	empty(): void {
		this.script?.release();
		this.script = undefined;
		this.#emptied++;
		this.#begun = 0;
		this.shown = 0;
		this.plan = undefined;
		this.definition = undefined;
		this.#error = "";
		this.faults = [];
		this.changed();
	}

	define(object: SchemaObject): void {
		this.empty();
		this.definition = object;
	}

	fail(error: unknown): void {
		this.#error = error instanceof Error ? error.message : String(error);
		this.changed();
	}

	/** Runs statements, one at least, and shows the result of the one at work. */
	async start(engine: EngineSession, statements: readonly ScriptStatement[]): Promise<void> {
		this.empty();
		const script = new ScriptRun(statements, engine, () => this.#follow());
		this.script = script;
		await script.start();
		if (this.script !== script) return;
		this.faults = script.faults;
		this.changed();
	}

	/** Asks how SQLite would go about a statement. */
	async explain(engine: EngineSession, statement: { readonly text: string; readonly start: number }): Promise<void> {
		this.empty();
		const asked = this.#emptied;
		try {
			const plan = await readPlan(engine, statement.text);
			if (asked === this.#emptied) this.plan = plan;
		} catch (error) {
			if (asked !== this.#emptied) return;
			this.fail(error);
			const faults = await findFaults(engine, statement, this.#error);
			if (asked === this.#emptied) this.faults = faults;
		}
		this.changed();
	}

	show(position: number): void {
		this.shown = position;
		this.changed();
	}

	#follow(): void {
		const begun = this.script?.runs.length ?? 0;
		if (begun > this.#begun) this.shown = begun - 1;
		this.#begun = begun;
		this.changed();
	}
}
