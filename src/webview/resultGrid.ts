import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import type { Row, SqlValue } from "../protocol/values";
import type { OpenedCell, StepCellEvent } from "./cellValue";
import { columnWidths, widenForNumbers } from "./columnWidths";
import { drawText, textStyles } from "./drawText";
import { formatCell, formatWhole } from "./formatValue";
import { GridAxis } from "./gridAxis";
import { gridHeader } from "./gridHeader";
import { type GridPosition, moveInGrid } from "./gridPosition";
import { formatCount, t } from "./l10n";
import { numericColumns } from "./numericColumns";
import { gridStyles } from "./resultGridStyles";
import { RowAxis } from "./rowAxis";
import { type RowSource, rowsHere } from "./rowSource";
import { baseStyles } from "./styles";

/** The user asked for the text of a cell on the clipboard. */
export type CopyCellEvent = CustomEvent<string>;
/** The user asked to see a cell's whole value, or made another cell the current one. */
export type OpenCellEvent = CustomEvent<OpenedCell>;

/** Rows that the columns' widths are taken from: a screen or two. */
const MEASURED_ROWS = 100;
const PROBE = "0".repeat(10);
/** Of a cell: both sides and the border. */
const PADDING_PX = 18;

const NOT_HERE = { kind: "pending", text: "·", note: "" };

const NOTHING: RowSource = {
	columns: [],
	rowCount: 0,
	complete: true,
	row: () => undefined,
	want: () => {},
	watch: () => () => {},
};

/**
 * The rows of a result. Only the cells in view are in the document, so the keyboard's focus stays on the grid itself and
 * the current cell is told by `aria-activedescendant`.
 */
@customElement("result-grid")
export class ResultGrid extends LitElement {
	@property({ attribute: false }) accessor source: RowSource = NOTHING;
	@state() private accessor active: GridPosition = { row: 0, column: 0 };
	@query("[role=grid]") private accessor scroller!: HTMLElement | null;
	@query(".probe") private accessor probe!: HTMLElement;

	#rowPx = 24;
	#characterPx = 8;
	/** In characters. */
	#widths: readonly number[] = [];
	/** Columns whose names stand to the right, as their numbers do. */
	#numeric: ReadonlySet<number> = new Set();
	/** Whether the columns have been measured with rows of this source. */
	#measured = false;
	readonly #redraw = () => this.requestUpdate();
	readonly #down = new RowAxis(() => this.scroller, this.#redraw);
	readonly #across = new GridAxis(() => this.scroller, 2, this.#redraw);
	#unmount: readonly (() => void)[] = [];
	#unwatch = () => {};
	/** Whether the current cell is another, and its value has not been told yet. */
	#untold = false;

	static override styles = [baseStyles, textStyles, gridStyles];

	override connectedCallback(): void {
		super.connectedCallback();
		this.#unmount = [this.#down.mount(), this.#across.mount()];
		this.#watch();
	}

	override disconnectedCallback(): void {
		for (const unmount of this.#unmount) unmount();
		this.#unwatch();
		super.disconnectedCallback();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("source")) {
			this.#watch();
			this.#measured = false;
			this.active = { row: 0, column: 0 };
		}
		this.#down.layOut({ count: this.source.rowCount, rowPx: this.#rowPx });
		this.#across.layOut({
			count: this.#widths.length,
			leadPx: this.#numberPx,
			sizePx: (column) => this.#columnPx(column),
		});
		this.#widen(
			widenForNumbers(
				this.#widths,
				this.#down.window.indexes.map((row) => this.source.row(row)),
			),
		);
	}

	override render(): TemplateResult {
		const { source } = this;
		const rows = this.#down.window.indexes;
		const columns = this.#across.window.indexes;
		const activeShown = rows.includes(this.active.row) && columns.includes(this.active.column);
		return html`<span class="probe cell" aria-hidden="true">${PROBE}</span>
			<div
				role="grid"
				aria-label=${t("Results")}
				aria-rowcount=${source.complete ? source.rowCount + 1 : -1}
				aria-colcount=${source.columns.length + 1}
				aria-readonly="true"
				aria-activedescendant=${ifDefined(activeShown ? cellId(this.active) : undefined)}
				tabindex="0"
				@keydown=${this.#key}
			>
				<div role="rowgroup" class="header">
					<div role="row" aria-rowindex="1">
						<div role="columnheader" class="cell number" aria-colindex="1" aria-label=${t("Row")}>#</div>
						${columns.map((column, n) => this.#header(column, n === 0))}
					</div>
				</div>
				<div role="rowgroup" class="body">
					<div role="presentation" class="window">${rows.map((row) => this.#row(row, columns))}</div>
				</div>
			</div>`;
	}

	#header(column: number, first: boolean): TemplateResult {
		const numeric = this.#numeric.has(column);
		return gridHeader({ name: this.source.columns[column] ?? "", place: column, first, numeric });
	}

	#row(row: number, columns: readonly number[]): TemplateResult {
		const values = this.source.row(row);
		return html`<div role="row" aria-rowindex=${row + 2} aria-busy=${values === undefined}>
			<div role="rowheader" class="cell number" aria-colindex="1">${formatCount(row + 1)}</div>
			${columns.map((column, n) => this.#cell({ row, column }, values, n === 0))}
		</div>`;
	}

	/** `values`: of its row; the cell of a row that is not here is a quiet place for it. */
	#cell(position: GridPosition, values: Row | undefined, first: boolean): TemplateResult {
		const { kind, text, note } = values === undefined ? NOT_HERE : formatCell(values[position.column] ?? null);
		const active = position.row === this.active.row && position.column === this.active.column;
		return html`<div
			role="gridcell"
			id=${cellId(position)}
			class="cell ${kind} ${note ? "noted" : ""} ${first ? "first" : ""} ${active ? "active" : ""}"
			aria-colindex=${position.column + 2}
			aria-selected=${active}
			@mousedown=${() => this.#activate(position)}
			@dblclick=${this.#open}
			>${drawText(text)}${note ? html`<span class="note">${note}</span>` : ""}</div
		>`;
	}

	protected override updated(changed: PropertyValues<this>): void {
		if (!this.#measured) this.#measure(changed.has("source"));
		if (changed.has("source")) this.#reset();
		this.#place();
		this.#down.follow();
		this.#across.follow();
		if (this.#untold) this.#untold = !this.#tellCell("active-cell");
		const { indexes } = this.#down.window;
		this.source.want(indexes[0] ?? 0, (indexes.at(-1) ?? -1) + 1);
	}

	#watch(): void {
		this.#unwatch();
		this.#unwatch = this.source.watch(this.#redraw);
	}

	#reset(): void {
		this.#down.scrollTo(0);
		this.#across.reset();
	}

	/** Asks the font how large the cells are, and the columns how wide; again as soon as rows are here. */
	#measure(anew: boolean): void {
		const first = this.#down.window.indexes[0] ?? 0;
		const rows = rowsHere(this.source, first, first + MEASURED_ROWS);
		this.#measured = rows.length > 0;
		if (!anew && !this.#measured) return;
		const { width, height } = this.probe.getBoundingClientRect();
		this.#characterPx = (width - 1) / PROBE.length;
		this.#rowPx = Math.ceil(height);
		this.#widen(columnWidths(this.source.columns, rows));
		this.#numeric = numericColumns(this.source.columns.length, rows);
		this.requestUpdate();
	}

	#widen(widths: readonly number[]): void {
		if (widths === this.#widths) return;
		this.#widths = widths;
		this.#across.measure();
	}

	#columnPx(column: number): number {
		return this.#widthPx(this.#widths[column] ?? 0);
	}

	get #numberPx(): number {
		return this.#widthPx(Math.max(3, formatCount(this.source.rowCount).length));
	}

	#widthPx(characters: number): number {
		return Math.ceil(characters * this.#characterPx) + PADDING_PX;
	}

	#place(): void {
		const { startPx: leftPx, totalPx: widthPx, indexes } = this.#across.window;
		const { startPx: topPx, totalPx: heightPx } = this.#down.window;
		const lead = [this.#numberPx, Math.max(0, leftPx - this.#numberPx)];
		const template = [...lead, ...indexes.map((column) => this.#columnPx(column))];
		const sizes = {
			"--row": `${this.#rowPx}px`,
			"--columns": template.map((px) => `${px}px`).join(" "),
			"--width": `${widthPx}px`,
			"--number": `${this.#numberPx}px`,
			"--height": `${heightPx - this.#rowPx}px`,
			"--top": `${Math.max(0, topPx - this.#rowPx)}px`,
		};
		for (const [name, value] of Object.entries(sizes)) this.style.setProperty(name, value);
	}

	#key(event: KeyboardEvent): void {
		const ctrl = event.ctrlKey || event.metaKey;
		if (ctrl && event.key.toLowerCase() === "c") {
			event.preventDefault();
			this.#copy();
			return;
		}
		if (event.key === "Enter" && !ctrl) {
			event.preventDefault();
			this.#open();
			return;
		}
		const { rowCount, columns } = this.source;
		const size = { rows: rowCount, columns: columns.length, pageRows: this.#down.pageSize };
		const to = moveInGrid(this.active, { key: event.key, ctrl }, size);
		if (to === undefined || event.altKey) return;
		event.preventDefault();
		this.#moveTo(to);
	}

	/** Makes a cell so many rows down and columns to the right the current one, as far as there are such. */
	step({ rows, columns }: StepCellEvent["detail"]): void {
		const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));
		this.#moveTo({
			row: within(this.active.row + rows, this.source.rowCount),
			column: within(this.active.column + columns, this.source.columns.length),
		});
	}

	#moveTo(position: GridPosition): void {
		this.#activate(position);
		this.#down.reveal(position.row);
		this.#across.reveal(position.column);
	}

	get #value(): SqlValue | undefined {
		return this.source.row(this.active.row)?.[this.active.column];
	}

	#copy(): void {
		const value = this.#value;
		if (value === undefined) return;
		this.dispatchEvent(
			new CustomEvent<string>("copy-cell", { detail: formatWhole(value), bubbles: true, composed: true }),
		);
	}

	#open(): void {
		this.#tellCell("open-cell");
	}

	/** Answers whether the value is here. */
	#tellCell(name: "open-cell" | "active-cell"): boolean {
		const value = this.#value;
		if (value === undefined) return false;
		const detail = { row: this.active.row, column: this.source.columns[this.active.column] ?? "", value };
		this.dispatchEvent(new CustomEvent<OpenedCell>(name, { detail }));
		return true;
	}

	/** Scrolls to the current cell where it is out of view. */
	showActive(): void {
		this.renderRoot.querySelector(".active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}

	override focus(): void {
		this.scroller?.focus();
	}

	#activate(position: GridPosition): void {
		this.active = position;
		this.#untold = true;
	}
}

function cellId({ row, column }: GridPosition): string {
	return `cell-${row}-${column}`;
}
