import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { typedValue } from "../../engine/browse/browseSql";
import type { ColumnFilter, FilterTest } from "../../protocol/browse";
import { encodeRow } from "../../protocol/rows";
import { t } from "../l10n";
import { baseStyles } from "../styles";

/** The user wants the rows that pass this, too. */
export type AddFilterEvent = CustomEvent<ColumnFilter>;

type Kind = Exclude<FilterTest["kind"], "is">;

const KINDS: readonly Kind[] = ["contains", "equals", "range", "matches", "null", "not-null"];

/** Asks what the values of a column must be. */
@customElement("filter-dialog")
export class FilterDialog extends LitElement {
	@state() private accessor columns: readonly string[] = [];
	@state() private accessor column = "";
	@state() private accessor kind: Kind = "contains";
	/** Why the filter cannot be made. */
	@state() private accessor fault = "";
	@query("dialog") private accessor dialog!: HTMLDialogElement;
	@query("form") private accessor form!: HTMLFormElement;

	static override styles = [
		baseStyles,
		css`
			dialog {
				max-width: min(480px, calc(100vw - 24px));
				padding: 16px;
				border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
				background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
				color: var(--vscode-foreground);
			}
			form {
				display: grid;
				grid-template-columns: auto minmax(0, 1fr);
				align-items: center;
				gap: 8px 12px;
			}
			input:not([type="checkbox"]),
			select {
				min-width: 0;
				padding: 4px;
				border: 1px solid var(--vscode-input-border, var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)));
				background: var(--vscode-input-background);
				color: var(--vscode-input-foreground);
				font: inherit;
			}
			.whole {
				grid-column: 1 / -1;
			}
			.buttons {
				display: flex;
				justify-content: flex-end;
				gap: 8px;
			}
			[role="alert"]:empty {
				display: none;
			}
			[role="alert"] {
				color: var(--vscode-editorError-foreground);
				overflow-wrap: anywhere;
			}
		`,
	];

	/** Asks for a filter, at first of this column. */
	async open(columns: readonly string[], column: string): Promise<void> {
		this.columns = columns;
		this.column = column;
		this.fault = "";
		await this.updateComplete;
		this.form.reset();
		this.kind = "contains";
		this.dialog.showModal();
		this.renderRoot.querySelector<HTMLElement>("[name=value]")?.focus();
	}

	override render(): TemplateResult {
		const change = (event: Event) => {
			this.kind = (event.target as HTMLSelectElement).value as Kind;
			this.fault = "";
		};
		return html`<dialog aria-label=${t("Filter")}>
			<form method="dialog" @submit=${this.#submit}>
				<label for="column">${t("Column")}</label>
				<select id="column" name="column">
					${this.columns.map((name, n) => html`<option value=${n} .selected=${name === this.column}>${name}</option>`)}
				</select>
				<label for="kind">${t("Condition")}</label>
				<select id="kind" @change=${change}>
					${KINDS.map((kind) => html`<option value=${kind} .selected=${kind === this.kind}>${kindText(kind)}</option>`)}
				</select>
				${this.#fields()}
				<div role="alert" class="whole">${this.fault}</div>
				<div class="whole buttons">
					<vscode-button @click=${() => this.form.requestSubmit()}>${t("Filter")}</vscode-button>
					<vscode-button appearance="secondary" @click=${() => this.dialog.close()}>${t("Close")}</vscode-button>
				</div>
			</form>
		</dialog>`;
	}

	#fields(): TemplateResult | typeof nothing {
		switch (this.kind) {
			case "contains":
			case "equals":
			case "matches":
				return html`${this.#input("value", this.kind === "matches" ? t("Regular expression") : t("Text"))}
					<label class="whole"><input type="checkbox" name="case" /> ${t("Case matters")}</label>`;
			case "range":
				return html`${this.#input("value", t("At least"))}${this.#input("to", t("At most"))}`;
			default:
				return nothing;
		}
	}

	#input(name: string, label: string): TemplateResult {
		// Enter in a field does what the first button does.
		const key = (event: KeyboardEvent) => {
			if (event.key !== "Enter") return;
			event.preventDefault();
			this.form.requestSubmit();
		};
		return html`<label for=${name}>${label}</label>
			<input id=${name} name=${name} autocomplete="off" spellcheck="false" @keydown=${key} />`;
	}

	#submit(event: SubmitEvent): void {
		event.preventDefault();
		const data = new FormData(this.form);
		const column = this.columns[Number(data.get("column"))] ?? this.column;
		const test = this.#test(text(data, "value"), text(data, "to"), data.has("case"));
		if (test === undefined) return;
		this.dialog.close();
		this.dispatchEvent(new CustomEvent<ColumnFilter>("add-filter", { detail: { column, ...test } }));
	}

	#test(value: string, to: string, caseSensitive: boolean): FilterTest | undefined {
		switch (this.kind) {
			case "contains":
			case "equals":
				return { kind: this.kind, text: value, caseSensitive };
			case "matches":
				try {
					new RegExp(value);
				} catch (error) {
					this.fault = error instanceof Error ? error.message : String(error);
					return undefined;
				}
				return { kind: "matches", pattern: value, caseSensitive };
			case "range":
				if (value === "" && to === "") {
					this.fault = t("Give a bound.");
					return undefined;
				}
				return {
					kind: "range",
					bounds: encodeRow([value, to].map((bound) => (bound === "" ? null : typedValue(bound)))),
				};
			default:
				return { kind: this.kind };
		}
	}
}

function text(data: FormData, name: string): string {
	const value = data.get(name);
	return typeof value === "string" ? value : "";
}

function kindText(kind: Kind): string {
	switch (kind) {
		case "contains":
			return t("contains");
		case "equals":
			return t("is");
		case "range":
			return t("lies between");
		case "matches":
			return t("matches a regular expression");
		case "null":
			return t("is NULL");
		case "not-null":
			return t("is not NULL");
		default:
			return kind satisfies never;
	}
}
