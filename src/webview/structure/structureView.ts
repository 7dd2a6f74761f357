import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { SchemaObject } from "../../protocol/engine";
import { RemoteError } from "../../protocol/rpc";
import type { Structure } from "../../protocol/structure";
import { drawName, drawText, textStyles } from "../drawText";
import type { EngineSession } from "../engine/engineSession";
import { t } from "../l10n";
import { baseStyles, dataTableStyles } from "../styles";
import { drawSqlText, sqlTextStyles } from "./drawSqlText";
import { drawColumns, drawForeignKeys, drawIndexes } from "./drawStructure";

/** What the schema says of the chosen object. */
@customElement("structure-view")
export class StructureView extends LitElement {
	@property({ attribute: false }) accessor engine: EngineSession | undefined;
	@property({ attribute: false }) accessor object: SchemaObject | undefined;
	@property({ attribute: false }) accessor objects: readonly SchemaObject[] = [];
	/** Whether it is looked at: nothing is asked before that. */
	@property({ attribute: false }) accessor seen = false;
	@state() private accessor structure: Structure | undefined;
	@state() private accessor failure = "";
	/** What `structure` is of, or is going to be. */
	#asked: SchemaObject | undefined;

	static override styles = [
		baseStyles,
		textStyles,
		dataTableStyles,
		sqlTextStyles,
		css`
			:host {
				display: block;
				min-width: 0;
				padding: 8px 12px;
				overflow: auto;
			}
			h2,
			h3 {
				margin: 0;
				font-size: inherit;
				font-weight: 600;
				overflow-wrap: anywhere;
			}
			h3 {
				margin-top: 12px;
			}
			p {
				margin: 4px 0;
				overflow-wrap: anywhere;
			}
			pre {
				margin: 4px 0;
				padding: 8px;
				border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
				background: var(--vscode-editor-background);
				font-family: var(--vscode-editor-font-family, monospace);
				font-size: var(--vscode-editor-font-size, 13px);
				overflow-wrap: anywhere;
				white-space: pre-wrap;
			}
		`,
	];

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("engine")) this.#asked = undefined;
		if (this.seen && this.object !== this.#asked) void this.#ask(this.object);
	}

	override render(): TemplateResult | typeof nothing {
		const { object, structure } = this;
		if (object === undefined) return html`<p>${t("Choose a table or a view to see what it is made of.")}</p>`;
		const { kind, name, table, sql } = object;
		return html`<h2>${kindName(kind)} ${drawName(name)}</h2>
			${table === name ? nothing : html`<p>${t("of")} ${this.#leadTo(table)}</p>`}
			${this.failure === "" ? nothing : html`<p class="damaged">${drawText(this.failure)}</p>`}
			${structure?.problems.map((problem) => html`<p class="damaged">${drawText(problem)}</p>`)}
			${structure === undefined ? nothing : this.#draw(object, structure)}
			<h3>${t("Definition")}</h3>
			${sql === undefined ? html`<p class="dim">${t("The schema holds no definition of it.")}</p>` : drawDefinition(sql)}`;
	}

	#draw({ kind, name }: SchemaObject, structure: Structure): TemplateResult | typeof nothing {
		const leadTo = (to: string) => this.#leadTo(to);
		if (kind === "trigger") return nothing;
		if (kind === "index") return drawIndexes(structure.indexes.filter((index) => index.name === name));
		const traits = [...(structure.withoutRowid ? ["WITHOUT ROWID"] : []), ...(structure.strict ? ["STRICT"] : [])];
		return html`${traits.length === 0 ? nothing : html`<p class="dim">${traits.join(", ")}</p>`}
			${drawColumns(structure.columns)} ${structure.indexes.length === 0 ? nothing : drawIndexes(structure.indexes, leadTo)}
			${drawForeignKeys(t("Refers to"), structure.refersTo, ({ parent }) => leadTo(parent))}
			${drawForeignKeys(t("Referred to by"), structure.referredBy, ({ table }) => leadTo(table))}
			${
				structure.triggers.length === 0
					? nothing
					: html`<h3>${t("Triggers")}</h3>
							${structure.triggers.map(
								(trigger) => html`<p>${drawName(trigger.name)}</p>
									${trigger.sql === undefined ? nothing : drawDefinition(trigger.sql)}`,
							)}`
			}`;
	}

	/** The name of another object, which leads to it where there is one. */
	#leadTo(name: string): TemplateResult {
		const folded = name.toLowerCase();
		const object = this.objects.find((each) => each.kind !== "trigger" && each.name.toLowerCase() === folded);
		if (object === undefined) return html`${drawName(name)} <span class="dim">${t("(not there)")}</span>`;
		const choose = () => this.dispatchEvent(new CustomEvent<SchemaObject>("choose-object", { detail: object }));
		return html`<button class="link" @click=${choose}>${drawName(name)}</button>`;
	}

	async #ask(object: SchemaObject | undefined): Promise<void> {
		this.#asked = object;
		this.structure = undefined;
		this.failure = "";
		const { engine } = this;
		if (object === undefined || engine === undefined || object.kind === "trigger") return;
		const of = object.kind === "index" ? object.table : object.name;
		for (let attempt = 1; this.#asked === object; attempt++) {
			try {
				const structure = await engine.ask((functions) => functions.structure(of));
				if (this.#asked === object) this.structure = structure;
				return;
			} catch (error) {
				// A query was cancelled, and this went with its engine.
				if (error instanceof RemoteError && error.code === "closed" && attempt < 3) continue;
				if (this.#asked === object) this.failure = error instanceof Error ? error.message : String(error);
				return;
			}
		}
	}
}

function drawDefinition(sql: string): TemplateResult {
	return html`<pre tabindex="0" role="group" aria-label=${t("Definition")}>${drawSqlText(sql)}</pre>`;
}

function kindName(kind: SchemaObject["kind"]): string {
	switch (kind) {
		case "table":
			return t("Table");
		case "view":
			return t("View");
		case "index":
			return t("Index");
		case "trigger":
			return t("Trigger");
		default:
			return kind satisfies never;
	}
}
