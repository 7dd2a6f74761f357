import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { formatCount, t } from "../l10n";
import type { MenuItem, PopMenu } from "../popMenu";
import type { WindowPoint } from "../popStyles";
import { baseStyles } from "../styles";
import type { ColumnLayout } from "./columnLayout";
import type { ColumnsMenu } from "./columnsMenu";
import type { CopyFormat } from "./copyShapes";
import { copyItems } from "./gridMenu";
import "./columnsMenu";
import "../popMenu";

/** The user wants what is selected on the clipboard. */
export type CopyAsEvent = CustomEvent<CopyFormat>;

/** Below the rows of a grid: what is selected, and the menus on it. It asks for the focus back with `grid-focus`. */
@customElement("grid-foot")
export class GridFoot extends LitElement {
	@property() accessor summary = "";
	@property({ attribute: false }) accessor columns: readonly string[] = [];
	@property({ attribute: false }) accessor layout!: ColumnLayout;
	@query("pop-menu") private accessor menu!: PopMenu;
	@query("columns-menu") private accessor columnsMenu!: ColumnsMenu;

	static override styles = [
		baseStyles,
		css`
			:host {
				display: flex;
				flex: none;
				flex-wrap: wrap;
				align-items: center;
				gap: 4px 8px;
				padding-top: 4px;
			}
			.summary {
				flex: 1 1 20ch;
				min-width: 0;
				overflow-wrap: anywhere;
				font-variant-numeric: tabular-nums;
			}
		`,
	];

	override render(): TemplateResult {
		const { hiddenCount } = this.layout;
		return html`<span class="summary dim" aria-live="polite">${this.summary}</span>
			<vscode-button appearance="secondary" aria-haspopup="menu" @click=${this.#openCopy}>${t("Copy as…")}</vscode-button>
			<vscode-button appearance="secondary" aria-haspopup="dialog" @click=${this.openColumns}
				>${hiddenCount === 0 ? t("Columns…") : t("Columns ({0} hidden)…", formatCount(hiddenCount))}</vscode-button
			>
			<pop-menu label=${t("Cells")}></pop-menu>
			<columns-menu @close-columns=${this.#focusGrid}></columns-menu>`;
	}

	/** The menu on the current cell. */
	openMenu(items: readonly MenuItem[], at: WindowPoint): void {
		void this.menu.open(items, at, () => this.#focusGrid());
	}

	openColumns(): void {
		const { left: x, bottom: y } = this.getBoundingClientRect();
		void this.columnsMenu.open(this.columns, this.layout, { x, y });
	}

	#openCopy({ currentTarget }: Event): void {
		const { left: x, top: y } = (currentTarget as HTMLElement).getBoundingClientRect();
		const items = copyItems((format) => this.#copy(format));
		void this.menu.open(items, { x, y }, () => this.#focusGrid());
	}

	#copy(format: CopyFormat): void {
		this.dispatchEvent(new CustomEvent("copy-as", { detail: format }));
	}

	#focusGrid(): void {
		this.dispatchEvent(new Event("grid-focus"));
	}
}
