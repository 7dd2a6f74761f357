import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { SqlValue } from "../../protocol/values";
import { drawName, textStyles } from "../drawText";
import { formatCount, t } from "../l10n";
import { baseStyles } from "../styles";
import { describeValue } from "./describeValue";
import { formatWhole } from "./formatValue";
import { fileExtension, type SavedValue, savedBytes } from "./savedValue";
import { type ValueView, valueViews } from "./valueViews";
import "./hexView";
import "./imageView";
import "./jsonTree";
import "./textView";

export interface OpenedCell {
	/** Counted from 0. */
	readonly row: number;
	readonly column: string;
	readonly value: SqlValue;
}

/** The user wants the cell so many rows down and columns to the right. */
export type StepCellEvent = CustomEvent<{ readonly rows: number; readonly columns: number }>;
/** The user asked for a value in a file of its own. */
export type SaveValueEvent = CustomEvent<SavedValue>;

const STEPS: Readonly<Record<string, StepCellEvent["detail"]>> = {
	ArrowUp: { rows: -1, columns: 0 },
	ArrowDown: { rows: 1, columns: 0 },
	ArrowLeft: { rows: 0, columns: -1 },
	ArrowRight: { rows: 0, columns: 1 },
};

/** One value in full length, below the rows. Escape closes it, Alt with an arrow goes to the cell beside. */
@customElement("cell-value")
export class CellValue extends LitElement {
	@property({ attribute: false }) accessor cell: OpenedCell | undefined;
	@state() private accessor chosen: ValueView["kind"] | undefined;
	#views: readonly ValueView[] = [];

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: flex;
				flex: 0 1 38%;
				flex-direction: column;
				gap: 4px;
				min-height: 130px;
			}
			.title {
				display: flex;
				flex-wrap: wrap;
				align-items: center;
				gap: 4px 8px;
			}
			.name {
				flex: 1 1 20ch;
				min-width: 0;
				overflow-wrap: anywhere;
			}
			.views {
				display: flex;
				gap: 2px;
			}
			.views button {
				padding: 2px 8px;
				border: 1px solid var(--vscode-contrastBorder, transparent);
				background: none;
				color: inherit;
				font: inherit;
				cursor: pointer;
			}
			.views button[aria-pressed="true"] {
				background: var(--vscode-list-activeSelectionBackground);
				color: var(--vscode-list-activeSelectionForeground);
				outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
				outline-offset: -1px;
			}
			.views button:focus-visible {
				outline: 1px solid var(--vscode-focusBorder);
			}
		`,
	];

	constructor() {
		super();
		this.addEventListener("keydown", this.#key);
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("cell")) this.#views = this.cell === undefined ? [] : viewsOf(this.cell.value);
	}

	/** What is looked at: as before where this value can be looked at so, else in the most telling way. */
	get #view(): ValueView | undefined {
		return this.#views.find(({ kind }) => kind === this.chosen) ?? this.#views[0];
	}

	override render(): TemplateResult | typeof nothing {
		if (this.cell === undefined) return nothing;
		const { row, column, value } = this.cell;
		return html`<div class="title">
				<span class="name">
					<strong>${drawName(column)}</strong>
					<span class="dim">${[t("row {0}", formatCount(row + 1)), ...describeValue(value, this.#views)].join(" · ")}</span>
				</span>
				${this.#views.length > 1 ? this.#choices() : nothing}
				<vscode-button appearance="secondary" @click=${this.#copy}>${t("Copy")}</vscode-button>
				${isFile(value) ? html`<vscode-button appearance="secondary" @click=${this.#save}>${t("Save to file…")}</vscode-button>` : nothing}
				<vscode-button appearance="secondary" @click=${this.#close}>${t("Close")}</vscode-button>
			</div>
			${this.#content()}`;
	}

	#choices(): TemplateResult {
		return html`<span class="views" role="group" aria-label=${t("View as")}
			>${this.#views.map(
				({ kind }) =>
					html`<button aria-pressed=${kind === this.#view?.kind} @click=${() => this.#choose(kind)}>${viewName(kind)}</button>`,
			)}</span
		>`;
	}

	#content(): TemplateResult | typeof nothing {
		const view = this.#view;
		switch (view?.kind) {
			case undefined:
				return nothing;
			case "tree":
				return html`<json-tree class="view" .root=${view.root} .text=${view.text}></json-tree>`;
			case "image":
				return html`<image-view class="view" .bytes=${view.bytes} .header=${view.header}></image-view>`;
			case "text":
				return html`<text-view class="view" .text=${view.text}></text-view>`;
			case "hex":
				return html`<hex-view class="view" .bytes=${view.bytes}></hex-view>`;
			default:
				return view satisfies never;
		}
	}

	/** To what can be scrolled and walked through. */
	override focus(): void {
		this.renderRoot.querySelector<HTMLElement>(".view")?.focus();
	}

	#choose(kind: ValueView["kind"]): void {
		this.chosen = kind;
	}

	#key(event: KeyboardEvent): void {
		const step = event.altKey && !event.ctrlKey && !event.metaKey ? STEPS[event.key] : undefined;
		if (step === undefined && event.key !== "Escape") return;
		event.preventDefault();
		// Neither the page nor VS Code takes them for its own.
		event.stopPropagation();
		if (step === undefined) this.#close();
		else this.dispatchEvent(new CustomEvent("step-cell", { detail: step }));
	}

	#copy(): void {
		if (this.cell === undefined) return;
		const view = this.#view;
		const detail = view?.kind === "text" ? view.text : formatWhole(this.cell.value);
		this.dispatchEvent(new CustomEvent<string>("copy-cell", { detail, bubbles: true, composed: true }));
	}

	#save(): void {
		if (this.cell === undefined) return;
		const { row, column, value } = this.cell;
		const bytes = savedBytes(value);
		if (bytes === undefined) return;
		const detail: SavedValue = { name: `${column}-${row + 1}.${fileExtension(value, this.#views)}`, bytes };
		this.dispatchEvent(new CustomEvent("save-value", { detail, bubbles: true, composed: true }));
	}

	#close(): void {
		this.dispatchEvent(new Event("close-cell"));
	}
}

function isFile(value: SqlValue): boolean {
	return typeof value === "string" || (typeof value === "object" && value !== null);
}

/** Numbers and NULL are shown as text. */
function viewsOf(value: SqlValue): readonly ValueView[] {
	const views = valueViews(value);
	return views.length > 0 ? views : [{ kind: "text", text: formatWhole(value) }];
}

function viewName(kind: ValueView["kind"]): string {
	switch (kind) {
		case "tree":
			return t("JSON");
		case "image":
			return t("Image");
		case "text":
			return t("Text");
		case "hex":
			return t("Bytes");
		default:
			return kind satisfies never;
	}
}
