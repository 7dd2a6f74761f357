import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { SchemaObject } from "../protocol/engine";
import type { CellValue, OpenedCell, StepCellEvent } from "./cellValue";
import { drawDefinition } from "./drawDefinition";
import { drawText, textStyles } from "./drawText";
import type { EngineSession } from "./engineSession";
import { formatDuration, t } from "./l10n";
import { QueryRun } from "./queryRun";
import type { OpenCellEvent, ResultGrid } from "./resultGrid";
import { runStatus } from "./runStatus";
import { NO_NAMES, readSchemaNames } from "./schemaNames";
import type { SqlEditor } from "./sqlEditor";
import { selectAll, selectDefinition } from "./sqlText";
import { baseStyles } from "./styles";
import "./cellValue";
import "./resultGrid";
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
	@state() private accessor run: QueryRun | undefined;
	/** An index, trigger or table that cannot be queried: shown instead of rows. */
	@state() private accessor definition: SchemaObject | undefined;
	/** The cell whose whole value is shown below the rows. */
	@state() private accessor openedCell: OpenedCell | undefined;
	@query("result-grid") private accessor grid!: ResultGrid | null;
	@query("cell-value") private accessor cellValue!: CellValue | null;
	@query("sql-editor") private accessor editor!: SqlEditor;

	/** Whose names are being read, or have been. */
	#namesFor: EngineSession | undefined;
	/** Lets a long run show that time goes by. */
	#clock = 0;

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: flex;
				flex-direction: column;
				gap: 6px;
				min-width: 0;
				min-height: 0;
				padding: 8px 12px;
			}
			sql-editor {
				flex: none;
			}
			.controls {
				display: flex;
				flex-wrap: wrap;
				align-items: center;
				gap: 6px 8px;
			}
			[role="status"] {
				font-variant-numeric: tabular-nums;
			}
			[role="alert"]:empty {
				display: none;
			}
			[role="alert"] {
				max-height: 30vh;
				overflow: auto;
				padding: 6px 8px;
				border: 1px solid var(--vscode-inputValidation-errorBorder, var(--vscode-contrastBorder, transparent));
				background: var(--vscode-inputValidation-errorBackground);
				color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
				overflow-wrap: anywhere;
				white-space: pre-wrap;
			}
			result-grid {
				flex: 1;
				min-height: 160px;
			}
			pre {
				flex: 1;
				margin: 0;
				overflow: auto;
				padding: 8px;
				background: var(--vscode-textCodeBlock-background);
				font-family: var(--vscode-editor-font-family, monospace);
				font-size: var(--vscode-editor-font-size, 13px);
				overflow-wrap: anywhere;
				white-space: pre-wrap;
			}
		`,
	];

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
			if (this.run?.busy) this.requestUpdate();
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
		const busy = run?.busy ?? false;
		return html`
			<sql-editor .names=${this.names} @focusin=${this.#readNames}></sql-editor>
			<div class="controls">
				<vscode-button @click=${this.#start}>${t("Run")}</vscode-button>
				<vscode-button appearance="secondary" ?disabled=${!busy} @click=${this.#cancel}>${t("Cancel")}</vscode-button>
				<span role="status">${this.#status()}</span>
				${busy ? html`<span class="dim" aria-hidden="true">${formatDuration(run?.waitedMs ?? 0)}</span>` : nothing}
			</div>
			<div role="alert">${run?.state === "failed" ? drawText(run.error) : nothing}</div>
			${this.definition === undefined ? this.#results(run) : drawDefinition(this.definition)}
		`;
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
		if (this.run !== undefined) return runStatus(this.run);
		return this.definition === undefined ? t("Choose a table, or write a query.") : "";
	}

	#start(): void {
		const { from, to } = this.editor.range;
		const sql = this.editor.text.slice(from, to);
		if (this.engine === undefined || sql.trim() === "") return;
		this.editor.closeCompletion();
		this.#drop();
		this.run = new QueryRun(sql, this.engine, () => this.requestUpdate());
		void this.run.start();
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
		if (!this.run?.busy) return;
		this.run.cancel();
		// The button that may have had the focus is disabled now.
		this.editor.focus();
	}

	#drop(): void {
		this.run?.release();
		this.run = undefined;
		this.definition = undefined;
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
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			this.#start();
		} else if (event.key === "Escape") {
			this.#cancel();
		}
	}
}
