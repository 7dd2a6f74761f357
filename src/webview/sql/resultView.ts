import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { CellValue, OpenedCell, StepCellEvent } from "../cell/cellValue";
import type { OpenCellEvent } from "../grid/gridActions";
import type { ColumnMark } from "../grid/gridHeader";
import type { MoreItems } from "../grid/gridMenu";
import type { GridPlace } from "../grid/gridPlace";
import type { ResultGrid } from "../grid/resultGrid";
import type { RowSource } from "../grid/rowSource";
import "../cell/cellValue";
import "../grid/resultGrid";

/** Rows in a grid, and below them the one value that is looked at. */
@customElement("result-view")
export class ResultView extends LitElement {
	@property({ attribute: false }) accessor source: RowSource | undefined;
	/** Of the columns that something is said of, by name. */
	@property({ attribute: false }) accessor marks: ReadonlyMap<string, ColumnMark> = new Map();
	/** What the menu on a cell offers besides. */
	@property({ attribute: false }) accessor moreItems: MoreItems = () => [];
	/** The cell whose whole value is shown below the rows. */
	@state() private accessor openedCell: OpenedCell | undefined;
	@query("result-grid") private accessor grid!: ResultGrid | null;
	@query("cell-value") private accessor cellValue!: CellValue | null;

	static override styles = css`
		:host {
			display: flex;
			flex: 1;
			flex-direction: column;
			gap: 6px;
			min-width: 0;
			min-height: 160px;
		}
		result-grid {
			flex: 1;
			min-height: 100px;
		}
	`;

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("source")) this.openedCell = undefined;
	}

	override render(): TemplateResult | typeof nothing {
		if (this.source === undefined) return nothing;
		return html`<result-grid
				.source=${this.source}
				.marks=${this.marks}
				.moreItems=${this.moreItems}
				@open-cell=${this.#open}
				@active-cell=${this.#follow}
			></result-grid>
			${
				this.openedCell === undefined
					? nothing
					: html`<cell-value .cell=${this.openedCell} @close-cell=${this.#close} @step-cell=${this.#step}></cell-value>`
			}`;
	}

	/** The current cell, where its value is here. */
	get current(): OpenedCell | undefined {
		return this.grid?.current;
	}

	get place(): GridPlace | undefined {
		return this.grid?.place;
	}

	/** Scrolls there once the rows are drawn. */
	async restore(view: GridPlace): Promise<void> {
		await this.updateComplete;
		this.grid?.restore(view);
	}

	override focus(): void {
		this.grid?.focus();
	}

	async #open({ detail }: OpenCellEvent): Promise<void> {
		this.openedCell = detail;
		await this.updateComplete;
		await this.cellValue?.updateComplete;
		this.cellValue?.focus();
		// The rows have less room now.
		this.grid?.showActive();
	}

	/** What is opened follows the current cell. */
	#follow({ detail }: OpenCellEvent): void {
		if (this.openedCell !== undefined) this.openedCell = detail;
		this.dispatchEvent(new Event("cell-change"));
	}

	#step({ detail }: StepCellEvent): void {
		this.grid?.step(detail);
	}

	#close(): void {
		this.openedCell = undefined;
		this.grid?.focus();
	}
}
