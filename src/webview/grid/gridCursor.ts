import type { OpenedCell } from "../cell/cellValue";
import type { ColumnLayout } from "./columnLayout";
import { layouts } from "./columnLayouts";
import type { GridPosition } from "./gridPosition";
import { cellCount, type GridArea, GridSelection, type SelectionExtent } from "./gridSelection";
import { NO_ROWS, type RowSource } from "./rowSource";

/** The current cell of a grid, what is selected, and where its columns stand. A position's column is a place on the screen. */
export class GridCursor {
	source: RowSource = NO_ROWS;
	layout: ColumnLayout = layouts.of(NO_ROWS);
	/** Whether the current cell is another, and its value has not been told yet. */
	isUntold = false;
	#selection = new GridSelection();
	/** Those that the layout is of. */
	#columns: readonly string[] = [];

	constructor(
		/** Something else is selected. */
		private readonly selected: () => void,
		private readonly arranged: () => void,
	) {}

	/** Before a render. */
	lookAt(source: RowSource): void {
		if (source !== this.source) this.#selection = new GridSelection();
		this.source = source;
		if (source.columns === this.#columns) return;
		this.#columns = source.columns;
		this.layout = layouts.of(source);
	}

	get active(): GridPosition {
		return this.#selection.active;
	}

	get extent(): SelectionExtent {
		return this.#selection.extent;
	}

	get size(): { readonly rows: number; readonly columns: number } {
		return { rows: this.source.rowCount, columns: this.layout.shown.length };
	}

	get area(): GridArea {
		return this.#selection.areaIn(this.size);
	}

	/** Position in the result of the column at a place: that of the current cell where none is given. */
	columnAt(place = this.active.column): number {
		return this.layout.shown[place] ?? 0;
	}

	/** Name of the column at a place. */
	nameAt(place = this.active.column): string {
		return this.source.columns[this.columnAt(place)] ?? "";
	}

	/** The current cell, where its value is here. */
	get cell(): OpenedCell | undefined {
		const { row } = this.active;
		const value = this.source.row(row)?.[this.columnAt()];
		return value === undefined ? undefined : { row, column: this.nameAt(), value };
	}

	select(position: GridPosition, extent: SelectionExtent, extended: boolean): void {
		this.#selection = this.#selection.to(position, extent, extended);
		this.isUntold = true;
		this.selected();
	}

	selectAll(): void {
		this.#selection = this.#selection.all();
		this.selected();
	}

	/** Selects the current cell alone. Answers whether there was more. */
	collapse(): boolean {
		const hadMore = cellCount(this.area) > 1;
		this.#selection = this.#selection.collapsed();
		this.selected();
		return hadMore;
	}

	/** The current cell stays the same one, wherever its column goes. */
	arrange(layout: ColumnLayout): void {
		const { row, column } = this.active;
		const place = Math.max(0, layout.shown.indexOf(this.columnAt()));
		this.layout = layout;
		layouts.set(this.source, layout);
		if (place !== column) this.select({ row, column: place }, "cells", false);
		this.arranged();
	}
}
