import type { Row } from "../../protocol/values";
import { ColumnLayout } from "./columnLayout";
import { GridAxis } from "./gridAxis";
import type { GridPosition } from "./gridPosition";
import { GridSizes } from "./gridSizes";
import { RowAxis } from "./rowAxis";
import { NO_ROWS, type RowSource, rowsHere } from "./rowSource";

/** Rows that the columns' widths are taken from: a screen or two. */
const MEASURED_ROWS = 100;

/** What of a grid is in view, and where. Places are those of columns on the screen. */
export class GridView {
	readonly sizes = new GridSizes();
	readonly #down: RowAxis;
	readonly #across: GridAxis;
	#source = NO_ROWS;
	#layout = ColumnLayout.of(0);
	#columns: readonly string[] = [];
	#frame: number | undefined;
	/** Whether nothing has been measured of these columns, or nothing with rows. */
	#unmeasured: "all" | "rows" | undefined;

	constructor(
		scroller: () => HTMLElement | null,
		private readonly changed: () => void,
	) {
		this.#down = new RowAxis(scroller, () => this.#tell());
		this.#across = new GridAxis(scroller, 2, () => this.#tell());
	}

	/** Once for both directions, in the frame in which they scroll: a drawing between them would be laid out for nothing. */
	#tell(): void {
		this.#frame ??= requestAnimationFrame(() => {
			this.#frame = undefined;
			this.changed();
		});
	}

	/** Answers a function that stops following the scrolling element. */
	mount(): () => void {
		const unmount = [this.#down.mount(), this.#across.mount()];
		return () => {
			for (const stop of unmount) stop();
		};
	}

	/** Before a render. */
	layOut(source: RowSource, layout: ColumnLayout): void {
		if (source !== this.#source || source.columns !== this.#columns) this.#unmeasured = "all";
		if (layout !== this.#layout) this.#across.measure();
		this.#source = source;
		this.#columns = source.columns;
		this.#layout = layout;
		const { pinnedCount, shown } = layout;
		this.#down.layOut({ count: source.rowCount, rowPx: this.sizes.rowPx });
		this.#across.layOut({
			count: this.sizes.isMeasured ? shown.length - pinnedCount : 0,
			leadPx: this.leadPx,
			sizePx: (index) => this.columnPx(index + pinnedCount),
		});
		const { pinned, loose } = this.places;
		const columns = [...pinned, ...loose].map((place) => shown[place] ?? 0);
		const rows = this.rows.map((row) => source.row(row));
		if (this.sizes.widenFor(rows, columns)) this.#across.measure();
	}

	/** Those to be drawn. */
	get rows(): readonly number[] {
		return this.#down.window.indexes;
	}

	/** Those to be drawn: those that stay at the left, and those of the others in view. */
	get places(): { readonly pinned: readonly number[]; readonly loose: readonly number[] } {
		const { pinnedCount } = this.#layout;
		const loose = this.#across.window.indexes.map((index) => index + pinnedCount);
		return { pinned: [...Array(this.sizes.isMeasured ? pinnedCount : 0).keys()], loose };
	}

	/** Rows that fit into the view. */
	get pageRows(): number {
		return this.#down.pageSize;
	}

	columnPx(place: number): number {
		return this.sizes.columnPx(this.#layout.shown[place] ?? 0, this.#layout);
	}

	/** Of all that stays at the left. */
	get leadPx(): number {
		return this.#lead.reduce((sum, px) => sum + px, 0);
	}

	/** Of a column in which nothing is clipped. */
	fittingPx(column: number): number {
		return this.sizes.fittingPx(this.#source, column, this.#rowsMeasured());
	}

	/**
	 * After a render: asks the font how large the cells are, and the columns how wide; again as soon as rows are here.
	 * Answers whether there is something to draw anew.
	 */
	measure(probe: HTMLElement): boolean {
		if (this.#unmeasured === undefined) return false;
		const rows = this.#rowsMeasured();
		if (this.#unmeasured === "rows" && rows.length === 0) return false;
		this.#unmeasured = rows.length === 0 ? "rows" : undefined;
		this.sizes.measure(probe, this.#source, rows);
		this.#across.measure();
		return true;
	}

	/** After a render: sets the sizes that the style sheet asks for, puts the rows in place, follows the scrolling element. */
	place(style: CSSStyleDeclaration, windowStyle: CSSStyleDeclaration): void {
		const { rowPx } = this.sizes;
		const { leadPx } = this;
		const { startPx: leftPx, totalPx: widthPx } = this.#across.window;
		const { startPx: topPx, totalPx: heightPx } = this.#down.window;
		const loose = this.places.loose.map((place) => this.columnPx(place));
		const sizes = {
			"--row": [rowPx],
			"--columns": [leadPx, Math.max(0, leftPx - leadPx), ...loose],
			"--lead-columns": this.#lead,
			"--lead": [leadPx],
			"--width": [widthPx],
			"--height": [heightPx - rowPx],
		};
		for (const [name, px] of Object.entries(sizes)) style.setProperty(name, px.map((size) => `${size}px`).join(" "));
		// A property that all cells inherit would have the style of each computed anew at every step.
		windowStyle.transform = `translateY(${Math.max(0, topPx - rowPx)}px)`;
		this.#down.follow();
		this.#across.follow();
	}

	reveal({ row, column }: GridPosition): void {
		this.#down.reveal(row);
		const index = column - this.#layout.pinnedCount;
		if (index >= 0) this.#across.reveal(index);
	}

	/** The first row that is in view as a whole. */
	get top(): number {
		return this.#down.top;
	}

	/** Puts a row at the top of the view. */
	scrollTo(row: number): void {
		this.#down.scrollTo(row);
	}

	/** To the first row and column. */
	reset(): void {
		this.#down.scrollTo(0);
		this.#across.reset();
	}

	get #lead(): readonly number[] {
		return this.sizes.leadPx(this.#source.rowCount, this.#layout);
	}

	#rowsMeasured(): Row[] {
		const first = this.rows[0] ?? 0;
		return rowsHere(this.#source, first, first + MEASURED_ROWS);
	}
}
