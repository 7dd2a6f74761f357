import type { Row } from "../../protocol/values";
import { formatCount } from "../l10n";
import type { ColumnLayout } from "./columnLayout";
import { columnWidths, fittingWidth, type Headings, widenForNumbers } from "./columnWidths";
import { numericColumns } from "./numericColumns";

/** What the font is measured with. */
export const PROBE = "0".repeat(10);
/** Of a cell: both sides and the border. */
const PADDING_PX = 18;
/** No column gets narrower. */
export const MIN_COLUMN_PX = 24;

/** How large the cells of a grid are: by the font, and by what is in its columns. */
export class GridSizes {
	rowPx = 24;
	#characterPx = 8;
	/** In characters, by column; empty until rows have been looked at. */
	#widths: readonly number[] = [];
	/** Columns whose names stand to the right, as their numbers do. */
	#numeric: ReadonlySet<number> = new Set();

	/** By an element that holds `PROBE`, and some of the rows. */
	measure(probe: HTMLElement, headings: Headings, rows: readonly Row[]): void {
		const { width, height } = probe.getBoundingClientRect();
		this.#characterPx = (width - 1) / PROBE.length;
		this.rowPx = Math.ceil(height);
		this.#widths = columnWidths(headings, rows);
		this.#numeric = numericColumns(headings.columns.length, rows);
	}

	/** Answers whether one of these columns became wider, for a number in one of these rows. */
	widenFor(rows: readonly (Row | undefined)[], columns: readonly number[]): boolean {
		const before = this.#widths;
		this.#widths = widenForNumbers(before, rows, columns);
		return this.#widths !== before;
	}

	get isMeasured(): boolean {
		return this.#widths.length > 0;
	}

	isNumeric(column: number): boolean {
		return this.#numeric.has(column);
	}

	columnPx(column: number, layout: ColumnLayout): number {
		return layout.widthOf(column) ?? this.#widthPx(this.#widths[column] ?? 0);
	}

	/** Of a column in which nothing is clipped that a cell shows. */
	fittingPx(headings: Headings, column: number, rows: readonly Row[]): number {
		return this.#widthPx(fittingWidth(headings, column, rows));
	}

	/** Of what stays at the left: the rows' numbers, then the pinned columns. */
	leadPx(rowCount: number, layout: ColumnLayout): readonly number[] {
		const pinned = this.isMeasured ? layout.shown.slice(0, layout.pinnedCount) : [];
		const numberPx = this.#widthPx(Math.max(3, formatCount(rowCount).length));
		return [numberPx, ...pinned.map((column) => this.columnPx(column, layout))];
	}

	#widthPx(characters: number): number {
		return Math.ceil(characters * this.#characterPx) + PADDING_PX;
	}
}
