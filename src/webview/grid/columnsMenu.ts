import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { drawName, textStyles } from "../drawText";
import { formatCount, t } from "../l10n";
import { placePop, popStyles, type WindowPoint } from "../popStyles";
import { baseStyles } from "../styles";
import type { ColumnLayout } from "./columnLayout";

/** The user wants another layout of the columns. */
export type LayoutEvent = CustomEvent<ColumnLayout>;

/** Columns that are listed at once. */
const MAX_LISTED = 200;

/** Which columns are shown: a list to tick, with a field to find them by name. */
@customElement("columns-menu")
export class ColumnsMenu extends LitElement {
	@state() private accessor columns: readonly string[] = [];
	@state() private accessor layout: ColumnLayout | undefined;
	@state() private accessor wanted = "";

	static override styles = [
		baseStyles,
		popStyles,
		textStyles,
		css`
			.pop {
				display: flex;
				flex-direction: column;
				gap: 6px;
				width: min(320px, calc(100vw - 16px));
				max-height: min(420px, calc(100vh - 16px));
				padding: 8px;
			}
			input[type="text"] {
				padding: 4px 6px;
				border: 1px solid var(--vscode-input-border, var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)));
				background: var(--vscode-input-background);
				color: var(--vscode-input-foreground);
				font: inherit;
			}
			.list {
				flex: 1;
				min-height: 0;
				overflow-y: auto;
			}
			label {
				display: flex;
				gap: 6px;
				padding: 2px 0;
				overflow-wrap: anywhere;
			}
			.buttons {
				display: flex;
				gap: 8px;
			}
		`,
	];

	async open(columns: readonly string[], layout: ColumnLayout, at: WindowPoint): Promise<void> {
		this.columns = columns;
		this.layout = layout;
		this.wanted = "";
		await this.updateComplete;
		const dialog = this.renderRoot.querySelector<HTMLElement>("[role=dialog]");
		if (dialog === null) return;
		placePop(dialog, at);
		this.renderRoot.querySelector("input")?.focus();
	}

	override render(): TemplateResult | typeof nothing {
		const { layout } = this;
		if (layout === undefined) return nothing;
		const wanted = this.wanted.toLowerCase();
		const found = [...this.columns.entries()].filter(([, name]) => name.toLowerCase().includes(wanted));
		const more = found.length - MAX_LISTED;
		return html`<div class="pop" role="dialog" tabindex="-1" aria-label=${t("Columns")} @keydown=${this.#key} @focusout=${this.#leave}>
			<input type="text" aria-label=${t("Find columns")} placeholder=${t("Find columns")} .value=${this.wanted} @input=${this.#find} />
			<div class="list">
				${found.slice(0, MAX_LISTED).map(([column, name]) => this.#column(layout, column, name))}
				${more > 0 ? html`<span class="dim">${t("{0} more; find them by name", formatCount(more))}</span>` : nothing}
			</div>
			<div class="buttons">
				<vscode-button appearance="secondary" @click=${() => this.#change(layout.showAll())}>${t("Show all columns")}</vscode-button>
				<vscode-button appearance="secondary" @click=${this.#close}>${t("Close")}</vscode-button>
			</div>
		</div>`;
	}

	#column(layout: ColumnLayout, column: number, name: string): TemplateResult {
		const shown = !layout.isHidden(column);
		return html`<label
			><input
				type="checkbox"
				.checked=${shown}
				?disabled=${shown && layout.shown.length === 1}
				@change=${() => this.#change(shown ? layout.hide(column) : layout.show(column))}
			/><span>${drawName(name)}</span></label
		>`;
	}

	#find({ target }: Event): void {
		this.wanted = (target as HTMLInputElement).value;
	}

	#change(layout: ColumnLayout): void {
		this.layout = layout;
		this.dispatchEvent(new CustomEvent("layout-change", { detail: layout, bubbles: true, composed: true }));
	}

	#key(event: KeyboardEvent): void {
		event.stopPropagation();
		if (event.key === "Escape") this.#close();
	}

	#leave({ relatedTarget }: FocusEvent): void {
		if (!(relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget))) this.layout = undefined;
	}

	#close(): void {
		this.layout = undefined;
		this.dispatchEvent(new Event("close-columns"));
	}
}
