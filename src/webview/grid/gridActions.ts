import type { OpenedCell, StepCellEvent } from "../cell/cellValue";
import { formatWhole } from "../cell/formatValue";
import { type CopyFormat, copyShape } from "./copyShapes";
import type { GridCopy } from "./gridCopy";
import type { GridCursor } from "./gridCursor";
import type { GridPosition } from "./gridPosition";
import { cellCount, type SelectionExtent } from "./gridSelection";
import { MIN_COLUMN_PX } from "./gridSizes";
import type { GridView } from "./gridView";

/** The user asked for the text of a cell, or of several, on the clipboard. */
export type CopyCellEvent = CustomEvent<string>;
/** The user asked to see a cell's whole value, or made another cell the current one. */
export type OpenCellEvent = CustomEvent<OpenedCell>;

/** By so much a key makes a column wider. */
const RESIZE_PX = 24;

/** What can be done with the current cell of a grid, its column and the selection, with keys, the pointer or the menu. */
export class GridActions {
	constructor(
		private readonly cursor: GridCursor,
		private readonly view: GridView,
		private readonly copying: GridCopy,
		/** What tells the page of it. */
		private readonly grid: EventTarget,
	) {}

	moveTo(position: GridPosition, extended: boolean): void {
		this.cursor.select(position, extended ? this.cursor.extent : "cells", extended);
		this.view.reveal(position);
	}

	/** So many rows down and columns to the right, as far as there are such. */
	step({ rows, columns }: StepCellEvent["detail"]): void {
		const { active, size } = this.cursor;
		const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));
		this.moveTo(
			{ row: within(active.row + rows, size.rows), column: within(active.column + columns, size.columns) },
			false,
		);
	}

	/** Whole rows or columns, or everything. */
	select(extent: SelectionExtent): void {
		this.cursor.select(this.cursor.active, extent, true);
	}

	selectAll(): void {
		this.cursor.selectAll();
	}

	/** Stops copying, or selects one cell alone. Answers whether there was anything to clear. */
	clear(): boolean {
		const { busy } = this.copying;
		const hadMore = busy || this.cursor.collapse();
		this.copying.cancel();
		return hadMore;
	}

	open(): void {
		this.tellCell("open-cell");
	}

	async copy(format: CopyFormat = "text"): Promise<void> {
		const { area, cell, layout, source } = this.cursor;
		if (format === "text" && cellCount(area) === 1) {
			if (cell !== undefined) this.#tellCopied(formatWhole(cell.value));
			return;
		}
		const columns = layout.shown.slice(area.left, area.right + 1);
		const names = columns.map((column) => source.columns[column] ?? "");
		const text = await this.copying.start(source, area, columns, copyShape(format, names, source.table));
		if (text !== undefined) this.#tellCopied(text);
	}

	get isPinned(): boolean {
		return this.cursor.layout.isPinned(this.cursor.columnAt());
	}

	get column(): string {
		return this.cursor.nameAt();
	}

	hide(): void {
		this.cursor.arrange(this.cursor.layout.hide(this.cursor.columnAt()));
	}

	pin(isPinned: boolean): void {
		this.cursor.arrange(this.cursor.layout.pin(this.cursor.columnAt(), isPinned));
	}

	/** So many places to the right. */
	move(by: 1 | -1): void {
		this.moveColumn(this.cursor.active.column, this.cursor.active.column + by);
	}

	moveColumn(from: number, to: number): void {
		this.cursor.arrange(this.cursor.layout.moveTo(this.cursor.columnAt(from), to));
	}

	/** Wider or narrower. */
	widen(by: 1 | -1): void {
		const { column } = this.cursor.active;
		this.resize(column, this.view.columnPx(column) + by * RESIZE_PX);
	}

	resize(place: number, px: number): void {
		this.cursor.arrange(this.cursor.layout.resize(this.cursor.columnAt(place), Math.max(MIN_COLUMN_PX, px)));
	}

	/** As wide as its values need. */
	fit(place = this.cursor.active.column): void {
		const column = this.cursor.columnAt(place);
		this.cursor.arrange(this.cursor.layout.resize(column, this.view.fittingPx(column)));
	}

	/** Answers whether the value is here. */
	tellCell(name: "open-cell" | "active-cell"): boolean {
		const { cell: detail } = this.cursor;
		if (detail === undefined) return false;
		this.grid.dispatchEvent(new CustomEvent<OpenedCell>(name, { detail }));
		return true;
	}

	#tellCopied(detail: string): void {
		this.grid.dispatchEvent(new CustomEvent<string>("copy-cell", { detail, bubbles: true, composed: true }));
	}
}
