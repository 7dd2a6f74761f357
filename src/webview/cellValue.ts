import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { SqlValue } from "../protocol/values";
import { drawName, drawText, textStyles } from "./drawText";
import { formatCell, WHOLE_VIEW_LIMITS } from "./formatValue";
import { formatCount, t } from "./l10n";
import { baseStyles } from "./styles";

export interface OpenedCell {
	/** Counted from 0. */
	readonly row: number;
	readonly column: string;
	readonly value: SqlValue;
}

/** One value in full length, below the rows. Takes the focus when it opens; Escape closes it. */
@customElement("cell-value")
export class CellValue extends LitElement {
	@property({ attribute: false }) accessor cell: OpenedCell | undefined;
	@query("pre") private accessor text!: HTMLElement | null;

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: flex;
				flex: 0 1 30%;
				flex-direction: column;
				gap: 4px;
				min-height: 100px;
			}
			.title {
				display: flex;
				flex-wrap: wrap;
				align-items: center;
				gap: 4px 8px;
			}
			.name {
				flex: 1;
				min-width: 0;
				overflow-wrap: anywhere;
			}
			pre {
				flex: 1;
				margin: 0;
				overflow: auto;
				padding: 6px 8px;
				border: var(--line);
				background: var(--vscode-textCodeBlock-background);
				font-family: var(--vscode-editor-font-family, monospace);
				font-size: var(--vscode-editor-font-size, 13px);
				overflow-wrap: anywhere;
				white-space: pre-wrap;
			}
		`,
	];

	override render(): TemplateResult | typeof nothing {
		if (this.cell === undefined) return nothing;
		const { row, column, value } = this.cell;
		const { kind, text, note } = formatCell(value, WHOLE_VIEW_LIMITS);
		return html`<div class="title">
				<span class="name">
					<strong>${drawName(column)}</strong>
					<span class="dim">${t("row {0}", formatCount(row + 1))} · ${kind} ${note}</span>
				</span>
				<vscode-button appearance="secondary" @click=${this.#close}>${t("Close")}</vscode-button>
			</div>
			<pre tabindex="0" role="group" aria-label=${t("Value")} @keydown=${this.#key}>${drawText(text, true)}</pre>`;
	}

	protected override updated(): void {
		this.text?.focus();
	}

	#key(event: KeyboardEvent): void {
		if (event.key !== "Escape") return;
		event.stopPropagation();
		this.#close();
	}

	#close(): void {
		this.dispatchEvent(new Event("close-cell"));
	}
}
