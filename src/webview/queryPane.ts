import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { SchemaObject } from "../protocol/engine";
import type { CellValue, OpenedCell, StepCellEvent } from "./cellValue";
import { drawDefinition } from "./drawDefinition";
import { drawText, textStyles } from "./drawText";
import type { EngineSession } from "./engineSession";
import { findFaults } from "./findFaults";
import { formatSql } from "./formatSql";
import { formatDuration, t } from "./l10n";
import type { ParameterFields } from "./parameterFields";
import { queryPaneStyles } from "./queryPaneStyles";
import { type PlanStep, readPlan } from "./queryPlan";
import type { QueryRun } from "./queryRun";
import type { OpenCellEvent, ResultGrid } from "./resultGrid";
import type { ChooseResultEvent } from "./resultTabs";
import { runStatus } from "./runStatus";
import { NO_NAMES, readSchemaNames } from "./schemaNames";
import { ScriptRun } from "./scriptRun";
import type { SqlChangeEvent, SqlEditor, SqlRange } from "./sqlEditor";
import { selectAll, selectDefinition } from "./sqlText";
import { parameterNames, statementAt, statementsOf } from "./statementParameters";
import { baseStyles } from "./styles";
import "./cellValue";
import "./parameterFields";
import "./planTree";
import "./resultGrid";
import "./resultTabs";
import "./sqlEditor";

/** The SQL field and what came of it. */
@customElement("query-pane")
export class QueryPane extends LitElement {
	@property({ attribute: false }) accessor engine: EngineSession | undefined;
	/** What the SQL field holds at first. */
	@property({ attribute: false }) accessor keptSql = "";
	/** Tables, views and what else the database holds. */
	@property({ attribute: false }) accessor objects: readonly SchemaObject[] = [];
	@state() private accessor names = NO_NAMES;
	@state() private accessor script: ScriptRun | undefined;
	/** Position of the result that is shown. */
	@state() private accessor shown = 0;
	/** How SQLite would go about a statement: shown instead of rows. */
	@state() private accessor plan: readonly PlanStep[] | undefined;
	/** Why nothing could be run. */
	@state() private accessor error = "";
	/** The places of the text that the error is about. */
	@state() private accessor faults: readonly SqlRange[] = [];
	@state() private accessor parameters: readonly string[] = [];
	/** An index, trigger or table that cannot be queried: shown instead of rows. */
	@state() private accessor definition: SchemaObject | undefined;
	/** The cell whose whole value is shown below the rows. */
	@state() private accessor openedCell: OpenedCell | undefined;
	@query("result-grid") private accessor grid!: ResultGrid | null;
	@query("cell-value") private accessor cellValue!: CellValue | null;
	@query("sql-editor") private accessor editor!: SqlEditor;
	@query("parameter-fields") private accessor fields!: ParameterFields;

	/** How many statements of the script have been begun, as far as has been seen. */
	#begun = 0;
	/** How often the pane was emptied: an answer to what was asked before comes too late. */
	#emptied = 0;
	/** Whose names are being read, or have been. */
	#namesFor: EngineSession | undefined;
	/** Lets a long run show that time goes by. */
	#clock = 0;

	static override styles = [baseStyles, textStyles, queryPaneStyles];

	constructor() {
		super();
		this.addEventListener("keydown", this.#key);
	}

	/** Shows the rows of a table or view, the definition of anything else. */
	show(object: SchemaObject): void {
		if ((object.kind === "table" || object.kind === "view") && object.unusable === undefined) {
			this.editor.text = selectAll(object.name);
			this.#start();
		} else {
			this.editor.text = selectDefinition(object);
			this.#drop();
			this.definition = object;
		}
	}

	protected override firstUpdated(): void {
		this.editor.text = this.keptSql;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#clock = window.setInterval(() => {
			if (this.script?.busy) this.requestUpdate();
		}, 1000);
	}

	override disconnectedCallback(): void {
		window.clearInterval(this.#clock);
		this.#drop();
		super.disconnectedCallback();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has("engine")) return;
		this.#drop();
		this.names = NO_NAMES;
	}

	override render(): TemplateResult {
		const { run } = this;
		const busy = this.script?.busy ?? false;
		const error = run?.state === "failed" ? run.error : this.error;
		return html`
			<sql-editor .names=${this.names} @focusin=${this.#readNames} @sql-change=${this.#readParameters}></sql-editor>
			<parameter-fields ?hidden=${this.parameters.length === 0} .names=${this.parameters}></parameter-fields>
			<div class="controls">
				<vscode-button @click=${this.#start}>${t("Run")}</vscode-button>
				<vscode-button appearance="secondary" ?disabled=${!busy} @click=${this.#cancel}>${t("Cancel")}</vscode-button>
				<vscode-button appearance="secondary" @click=${this.#explain}>${t("Explain")}</vscode-button>
				<vscode-button appearance="secondary" @click=${this.#format}>${t("Format")}</vscode-button>
				<span role="status">${this.#status()}</span>
				${busy ? html`<span class="dim" aria-hidden="true">${formatDuration(run?.waitedMs ?? 0)}</span>` : nothing}
			</div>
			${this.#tabs()}
			<div role="alert">${error === "" ? nothing : drawText(error)}</div>
			${error === "" ? nothing : this.#place()}
			${this.#answer(run)}
		`;
	}

	get run(): QueryRun | undefined {
		return this.script?.runs[this.shown];
	}

	#tabs(): TemplateResult | typeof nothing {
		const { runs = [], note } = this.script ?? {};
		if (runs.length < 2) return nothing;
		return html`<result-tabs .runs=${[...runs]} .shown=${this.shown} @choose-result=${this.#choose}></result-tabs>
			${note === undefined ? nothing : html`<div class="dim">${note}</div>`}`;
	}

	#place(): TemplateResult | typeof nothing {
		const [first] = this.faults;
		if (first === undefined) return nothing;
		const { line, column } = this.editor.lineAndColumn(first.from);
		return html`<vscode-button class="place" appearance="secondary" @click=${() => this.editor.goTo(first.from)}
			>${t("Go to line {0}, column {1}", line, column)}</vscode-button
		>`;
	}

	#answer(run: QueryRun | undefined): TemplateResult | typeof nothing {
		if (this.definition !== undefined) return drawDefinition(this.definition);
		if (this.plan !== undefined) return html`<plan-tree .steps=${this.plan}></plan-tree>`;
		return this.#results(run);
	}

	#results(run: QueryRun | undefined): TemplateResult | typeof nothing {
		if (run === undefined || run.columns.length === 0) return nothing;
		return html`<result-grid
			.source=${run}
			@open-cell=${this.#openCell}
			@active-cell=${this.#followCell}
		></result-grid>
		${
			this.openedCell === undefined
				? nothing
				: html`<cell-value .cell=${this.openedCell} @close-cell=${this.#closeCell} @step-cell=${this.#stepCell}></cell-value>`
		}`;
	}

	#status(): string {
		const { run } = this;
		// The next statement is about to begin.
		if (this.script?.busy && !run?.busy) return t("Running…");
		if (run !== undefined) return runStatus(run);
		if (this.plan !== undefined) return t("This is how SQLite would go about it; nothing was run.");
		return this.definition === undefined && this.error === "" ? t("Choose a table, or write a query.") : "";
	}

	#start(): void {
		const { engine, editor } = this;
		if (engine === undefined) return;
		editor.closeCompletion();
		this.#drop();
		try {
			const statements = statementsOf(editor.text, editor.range, (name) => this.fields.value(name));
			if (statements.length > 0) void this.#runScript(new ScriptRun(statements, engine, () => this.#follow()));
		} catch (error) {
			this.error = messageOf(error);
		}
	}

	async #runScript(script: ScriptRun): Promise<void> {
		const { text } = this.editor;
		this.script = script;
		await script.start();
		if (this.script === script && this.editor.text === text) this.#mark(script.faults);
	}

	/** Shows the result of the statement at work. */
	#follow(): void {
		const begun = this.script?.runs.length ?? 0;
		if (begun > this.#begun) this.shown = begun - 1;
		this.#begun = begun;
		this.requestUpdate();
	}

	#mark(faults: readonly SqlRange[]): void {
		this.faults = faults;
		this.editor.markFaults(faults);
	}

	#choose({ detail }: ChooseResultEvent): void {
		this.shown = detail;
		this.openedCell = undefined;
	}

	async #explain(): Promise<void> {
		const { engine, editor } = this;
		const statement = statementAt(editor.text, editor.selection);
		if (engine === undefined || statement === undefined) return;
		editor.closeCompletion();
		this.#drop();
		const asked = this.#emptied;
		try {
			const plan = await readPlan(engine, statement.text);
			if (asked === this.#emptied) this.plan = plan;
		} catch (error) {
			if (asked !== this.#emptied) return;
			this.error = messageOf(error);
			const faults = await findFaults(engine, statement, this.error);
			if (asked === this.#emptied) this.#mark(faults);
		}
	}

	#format(): void {
		this.#drop();
		try {
			this.editor.text = formatSql(this.editor.text);
		} catch {
			this.error = t("This SQL cannot be laid out: there is something wrong in it.");
		}
		this.editor.focus();
	}

	#readParameters({ detail }: SqlChangeEvent): void {
		const names = parameterNames(detail);
		if (names.join("\n") !== this.parameters.join("\n")) this.parameters = names;
	}

	/** Once somebody is about to write SQL, unless the names are here. */
	async #readNames(): Promise<void> {
		const { engine, objects } = this;
		if (engine === undefined || this.#namesFor === engine) return;
		this.#namesFor = engine;
		try {
			const names = await readSchemaNames(engine, objects);
			if (this.engine === engine) this.names = names;
		} catch {
			// A schema with an error in it, or an engine that was ended to cancel a query: asked again when the focus comes back.
			this.#namesFor = undefined;
		}
	}

	#cancel(): void {
		if (!this.script?.busy) return;
		this.script.cancel();
		// The button that may have had the focus is disabled now.
		this.editor.focus();
	}

	#drop(): void {
		this.script?.release();
		this.script = undefined;
		this.#emptied++;
		this.#begun = 0;
		this.shown = 0;
		this.plan = undefined;
		this.definition = undefined;
		this.error = "";
		if (this.faults.length > 0) this.#mark([]);
		this.openedCell = undefined;
	}

	async #openCell({ detail }: OpenCellEvent): Promise<void> {
		this.openedCell = detail;
		await this.updateComplete;
		await this.cellValue?.updateComplete;
		this.cellValue?.focus();
		// The rows have less room now.
		this.grid?.showActive();
	}

	/** What is opened follows the current cell. */
	#followCell({ detail }: OpenCellEvent): void {
		if (this.openedCell !== undefined) this.openedCell = detail;
	}

	#stepCell({ detail }: StepCellEvent): void {
		this.grid?.step(detail);
	}

	#closeCell(): void {
		this.openedCell = undefined;
		this.grid?.focus();
	}

	/** Wherever in the pane the focus is. */
	#key(event: KeyboardEvent): void {
		if (event.defaultPrevented) return; // The editor has used it.
		const ctrl = event.ctrlKey || event.metaKey;
		if (event.key === "Enter" && ctrl) {
			event.preventDefault();
			if (event.shiftKey) void this.#explain();
			else this.#start();
		} else if (event.code === "KeyF" && event.shiftKey && event.altKey) {
			event.preventDefault();
			this.#format();
		} else if (event.key === "Escape") {
			this.#cancel();
		}
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
