import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { SchemaObject } from "../../protocol/engine";
import type { ExportedQuery } from "../../protocol/page";
import type { HostQueryFunctions, PageQuery } from "../../protocol/pageQuery";
import { encodeRow } from "../../protocol/rows";
import { drawText, textStyles } from "../drawText";
import type { EngineSession } from "../engine/engineSession";
import { formatDuration, t } from "../l10n";
import { drawDefinition } from "../structure/drawDefinition";
import { answerStyles, baseStyles } from "../styles";
import type { ShowSqlEvent, TableBrowser } from "../table/tableBrowser";
import { formatSql } from "./formatSql";
import type { ParameterFields } from "./parameterFields";
import { QueryAnswer } from "./queryAnswer";
import { queryPaneStyles } from "./queryPaneStyles";
import type { QueryRun } from "./queryRun";
import { actionOf, type QueryAction, type QueryActionEvent } from "./queryToolbar";
import type { ChooseResultEvent } from "./resultTabs";
import type { SqlChangeEvent, SqlEditor, SqlRange } from "./sqlEditor";
import { selectAll, selectDefinition } from "./sqlText";
import { parameterNames, statementAt, statementsOf } from "./statementParameters";
import "./parameterFields";
import "./planTree";
import "./resultTabs";
import "./resultView";
import "./sqlEditor";
import "../table/tableBrowser";

/** The SQL field and what came of it. */
@customElement("query-pane")
export class QueryPane extends LitElement {
	@property({ attribute: false }) accessor engine: EngineSession | undefined;
	/** Where queries are kept. */
	@property({ attribute: false }) accessor host: HostQueryFunctions | undefined;
	/** What the SQL field holds at first. */
	@property({ attribute: false }) accessor keptSql = "";
	/** Tables, views and what else the database holds. */
	@property({ attribute: false }) accessor objects: readonly SchemaObject[] = [];
	@state() private accessor parameters: readonly string[] = [];
	/** Whether a table is looked at: shown instead of an answer. */
	@state() private accessor browsing = false;
	@query("table-browser") private accessor browser!: TableBrowser;
	@query("sql-editor") private accessor editor!: SqlEditor;
	@query("parameter-fields") private accessor fields!: ParameterFields;

	readonly #answer = new QueryAnswer(() => this.requestUpdate());
	/** The text that the answer is about. */
	#answered = "";
	/** What is marked of it. */
	#marked: readonly SqlRange[] = [];
	/** Lets a long run show that time goes by. */
	#clock = 0;

	static override styles = [baseStyles, textStyles, answerStyles, queryPaneStyles];

	constructor() {
		super();
		this.addEventListener("keydown", this.#key);
	}

	/** Shows the rows of a table or view, the definition of anything else. */
	show(object: SchemaObject): void {
		if ((object.kind === "table" || object.kind === "view") && object.unusable === undefined) {
			this.editor.text = selectAll(object.name);
			if (!this.browsing) this.#empty();
			this.browsing = true;
			this.browser.show(object.name);
		} else {
			this.editor.text = selectDefinition(object);
			this.#empty();
			this.#answer.define(object);
		}
	}

	protected override firstUpdated(): void {
		this.editor.text = this.keptSql;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#clock = window.setInterval(() => {
			if (this.#answer.busy) this.requestUpdate();
		}, 1000);
	}

	override disconnectedCallback(): void {
		window.clearInterval(this.#clock);
		this.#answer.empty();
		super.disconnectedCallback();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("engine")) this.#answer.empty();
	}

	override render(): TemplateResult {
		const { run, busy, error, status, script: { runs = [], note } = {}, shown } = this.#answer;
		return html`
			<sql-editor .engine=${this.engine} .objects=${this.objects} @sql-change=${this.#readParameters}></sql-editor>
			<parameter-fields ?hidden=${this.parameters.length === 0} .names=${this.parameters}></parameter-fields>
			<div class="controls">
				<query-toolbar .busy=${busy} @query-action=${this.#act}></query-toolbar>
				${this.browsing ? nothing : html`<span role="status">${status}</span>`}
				${busy ? html`<span class="dim" aria-hidden="true">${formatDuration(run?.waitedMs ?? 0)}</span>` : nothing}
			</div>
			<result-tabs
				?hidden=${this.browsing && error === ""}
				class=${this.browsing ? "" : "whole"}
				.runs=${[...runs]}
				.shown=${shown}
				@choose-result=${this.#choose}
			>
				${note === undefined ? nothing : html`<div class="dim">${note}</div>`}
				${this.browsing && error === "" ? nothing : html`<div role="alert">${error === "" ? nothing : drawText(error)}</div>`}
				${error === "" ? nothing : this.#place()}
				${this.#shown()}
			</result-tabs>
			<table-browser
				?hidden=${!this.browsing}
				.engine=${this.engine}
				@show-sql=${({ detail }: ShowSqlEvent) => this.#write(detail)}
			></table-browser>
		`;
	}

	protected override updated(): void {
		const { faults } = this.#answer;
		if (faults === this.#marked) return;
		this.#marked = faults;
		this.editor.markFaults(this.editor.text === this.#answered ? faults : []);
	}

	#place(): TemplateResult | typeof nothing {
		const [first] = this.#answer.faults;
		if (first === undefined || this.editor.text !== this.#answered) return nothing;
		const { line, column } = this.editor.lineAndColumn(first.from);
		return html`<vscode-button class="place" appearance="secondary" @click=${() => this.editor.goTo(first.from)}
			>${t("Go to line {0}, column {1}", line, column)}</vscode-button
		>`;
	}

	#shown(): TemplateResult | typeof nothing {
		const { definition, plan, run } = this.#answer;
		if (definition !== undefined) return drawDefinition(definition);
		return plan === undefined ? this.#results(run) : html`<plan-tree .steps=${plan}></plan-tree>`;
	}

	#results(run: QueryRun | undefined): TemplateResult | typeof nothing {
		if (run === undefined || run.columns.length === 0) return nothing;
		return html`<result-view .source=${run}></result-view>`;
	}

	#start(): void {
		const { engine, editor } = this;
		if (engine === undefined) return;
		this.#empty();
		try {
			const statements = statementsOf(editor.text, editor.range, (name) => this.fields.value(name));
			if (statements.length > 0) void this.#answer.start(engine, statements);
		} catch (error) {
			this.#answer.fail(error);
		}
	}

	/** Runs a query in place of what is in the SQL field. */
	async runQuery({ sql, parameters }: PageQuery): Promise<void> {
		await this.updateComplete;
		this.editor.text = sql;
		this.fields.enter(parameters);
		await this.updateComplete;
		this.#run();
	}

	/** Runs what the user wrote, who may want it again. */
	#run(): void {
		const { sql } = this.#query;
		this.#start();
		if (this.#answer.script !== undefined) void this.#asked((host) => host.rememberQuery(sql));
	}

	/** The statements in the field, with the values of their parameters. Throws where a value is none. */
	get exported(): readonly ExportedQuery[] {
		const { text } = this.editor;
		const all = statementsOf(text, { from: 0, to: text.length }, (name) => this.fields.value(name));
		return all.map(({ text: sql, parameters }) => ({ sql, parameters: encodeRow(parameters) }));
	}

	/** What would run. */
	get #query(): PageQuery {
		const { from, to } = this.editor.range;
		return { sql: this.editor.text.slice(from, to), parameters: this.fields.entered };
	}

	readonly #actions: Readonly<Record<QueryAction, () => void>> = {
		run: () => this.#run(),
		cancel: () => this.#cancel(),
		explain: () => this.#explain(),
		format: () => this.#format(),
		history: () => void this.#asked((host) => host.chooseFromHistory()).then((sql) => this.#write(sql)),
		save: () => {
			if (this.#query.sql.trim() !== "") void this.#asked((host) => host.saveQuery(this.#query.sql));
		},
		saved: () =>
			void this.#asked((host) => host.chooseSavedQuery()).then((sql) => {
				if (this.#write(sql)) this.#run();
			}),
		elsewhere: () => void this.#asked((host) => host.runElsewhere(this.#query)),
	};

	#act({ detail }: QueryActionEvent): void {
		this.#actions[detail]();
	}

	/** Asks the extension for something; says why when it does not do it. */
	async #asked<Answer>(request: (host: HostQueryFunctions) => Promise<Answer>): Promise<Answer | undefined> {
		try {
			return this.host === undefined ? undefined : await request(this.host);
		} catch (error) {
			this.#answer.fail(error);
			return undefined;
		}
	}

	/** Puts a query that was chosen into the SQL field; whether there was one. */
	#write(sql: string | null | undefined): boolean {
		if (typeof sql !== "string") return false;
		this.editor.text = sql;
		this.editor.focus();
		return true;
	}

	#choose({ detail }: ChooseResultEvent): void {
		this.#answer.show(detail);
	}

	#explain(): void {
		const { engine, editor } = this;
		const statement = statementAt(editor.text, editor.selection);
		if (engine === undefined || statement === undefined) return;
		this.#empty();
		void this.#answer.explain(engine, statement);
	}

	#format(): void {
		this.#empty();
		try {
			const { range } = this.editor;
			this.editor.replace(range, formatSql(this.editor.text.slice(range.from, range.to)));
		} catch (error) {
			this.#answer.fail(error);
		}
		this.editor.focus();
	}

	#readParameters({ detail }: SqlChangeEvent): void {
		const names = parameterNames(detail);
		if (names.join("\n") !== this.parameters.join("\n")) this.parameters = names;
	}

	#cancel(): void {
		if (this.browsing) this.browser.stop();
		if (!this.#answer.busy) return;
		this.#answer.script?.cancel();
		// The button that may have had the focus is disabled now.
		this.editor.focus();
	}

	#empty(): void {
		this.editor.closeCompletion();
		this.#answered = this.editor.text;
		this.#answer.empty();
		if (this.browsing) this.browser.close();
		this.browsing = false;
	}

	/** Wherever in the pane the focus is. */
	#key(event: KeyboardEvent): void {
		const action = event.defaultPrevented ? undefined : actionOf(event); // The editor may have used it.
		if (action === undefined) return;
		if (action !== "cancel") event.preventDefault();
		this.#actions[action]();
	}
}
