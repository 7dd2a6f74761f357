import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { PARAMETER_TYPES, type ParameterInput, type ParameterType } from "../../protocol/pageQuery";
import type { SqlValue } from "../../protocol/values";
import { t } from "../l10n";
import { baseStyles } from "../styles";
import { EMPTY_INPUT, parameterValue, typeName } from "./parameterValue";

/** Parameters that have a field at most; the others are NULL. */
const MAX_FIELDS = 50;

/** A field for the value of each parameter. What was entered is remembered for as long as the page is there. */
@customElement("parameter-fields")
export class ParameterFields extends LitElement {
	@property({ attribute: false }) accessor names: readonly string[] = [];
	@state() private accessor inputs: ReadonlyMap<string, ParameterInput> = new Map();

	static override styles = [
		baseStyles,
		css`
			:host {
				display: block;
				max-height: 30vh;
				overflow: auto;
			}
			:host([hidden]) {
				display: none;
			}
			fieldset {
				display: flex;
				flex-wrap: wrap;
				gap: 6px 16px;
				margin: 0;
				padding: 0;
				border: none;
			}
			.parameter {
				display: flex;
				align-items: center;
				gap: 6px;
				min-width: 0;
			}
			label {
				max-width: 160px;
				overflow: hidden;
				text-overflow: ellipsis;
				font-family: var(--vscode-editor-font-family, monospace);
				white-space: pre;
			}
			input,
			select {
				padding: 3px 4px;
				border: 1px solid var(--vscode-input-border, var(--vscode-dropdown-border, transparent));
				background: var(--vscode-input-background);
				color: var(--vscode-input-foreground);
				font: inherit;
			}
			input {
				width: 140px;
				font-family: var(--vscode-editor-font-family, monospace);
			}
			.wrong {
				color: var(--vscode-editorError-foreground);
			}
		`,
	];

	override render(): TemplateResult | typeof nothing {
		if (this.names.length === 0) return nothing;
		const more = this.names.length - MAX_FIELDS;
		return html`<fieldset aria-label=${t("Parameters")}>
			${this.names.slice(0, MAX_FIELDS).map((name, n) => this.#field(name, n))}
			${more > 0 ? html`<span class="dim">${t("{0} more are NULL", more)}</span>` : nothing}
		</fieldset>`;
	}

	#field(name: string, n: number): TemplateResult {
		const input = this.inputs.get(name) ?? EMPTY_INPUT;
		const read = parameterValue(input);
		const wrong = "error" in read ? read.error : undefined;
		return html`<div class="parameter">
			<label for="value-${n}">${name}</label>
			<select
				aria-label=${t("Type of {0}", name)}
				@change=${({ target }: Event) => this.#enter(name, { type: (target as HTMLSelectElement).value as ParameterType })}
			>
				${PARAMETER_TYPES.map((type) => html`<option value=${type} ?selected=${type === input.type}>${typeName(type)}</option>`)}
			</select>
			<input
				id="value-${n}"
				spellcheck="false"
				autocomplete="off"
				.value=${input.text}
				?disabled=${input.type === "null"}
				aria-invalid=${wrong !== undefined}
				aria-describedby=${wrong === undefined ? nothing : `wrong-${n}`}
				@input=${({ target }: Event) => this.#enter(name, { text: (target as HTMLInputElement).value })}
			/>
			${wrong === undefined ? nothing : html`<span class="wrong" id="wrong-${n}">${wrong}</span>`}
		</div>`;
	}

	#enter(name: string, change: Partial<ParameterInput>): void {
		this.inputs = new Map(this.inputs).set(name, { ...(this.inputs.get(name) ?? EMPTY_INPUT), ...change });
	}

	/** What was entered for the parameters that have a field. */
	get entered(): Readonly<Record<string, ParameterInput>> {
		return Object.fromEntries(
			this.names.slice(0, MAX_FIELDS).map((name) => [name, this.inputs.get(name) ?? EMPTY_INPUT]),
		);
	}

	/** Enters values, beside those that are there. */
	enter(inputs: Readonly<Record<string, ParameterInput>>): void {
		this.inputs = new Map([...this.inputs, ...Object.entries(inputs)]);
	}

	/** The value for a parameter. Throws, with the reason in words, when what was entered is none of its type. */
	value(name: string): SqlValue {
		if (this.names.indexOf(name) >= MAX_FIELDS) return null;
		const read = parameterValue(this.inputs.get(name) ?? EMPTY_INPUT);
		if ("error" in read) throw new Error(`${name}: ${read.error}`);
		return read.value;
	}
}
