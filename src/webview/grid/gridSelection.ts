import type { GridPosition } from "./gridPosition";

/** Whether a selection is of cells, or goes over whole rows or columns, or both. */
export type SelectionExtent = "cells" | "rows" | "columns" | "all";

/** A rectangle of cells, its edges included. */
export interface GridArea {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

const START: GridPosition = { row: 0, column: 0 };

/** The current cell, and what is selected between it and the corner that stays. Each change answers another. */
export class GridSelection {
	constructor(
		readonly active: GridPosition = START,
		readonly anchor: GridPosition = active,
		readonly extent: SelectionExtent = "cells",
	) {}

	/** Up to another cell, which becomes the current one; from there, unless what is selected `extends` to it. */
	to(position: GridPosition, extent: SelectionExtent, extended: boolean): GridSelection {
		return new GridSelection(position, extended ? this.anchor : position, extent);
	}

	all(): GridSelection {
		return new GridSelection(this.active, this.anchor, "all");
	}

	/** The current cell alone. */
	collapsed(): GridSelection {
		return new GridSelection(this.active);
	}

	areaIn(size: { readonly rows: number; readonly columns: number }): GridArea {
		const { anchor, active, extent } = this;
		const allRows = extent === "columns" || extent === "all";
		const allColumns = extent === "rows" || extent === "all";
		return {
			top: allRows ? 0 : Math.min(anchor.row, active.row),
			bottom: allRows ? Math.max(0, size.rows - 1) : Math.max(anchor.row, active.row),
			left: allColumns ? 0 : Math.min(anchor.column, active.column),
			right: allColumns ? Math.max(0, size.columns - 1) : Math.max(anchor.column, active.column),
		};
	}
}

export function isInArea({ top, bottom, left, right }: GridArea, { row, column }: GridPosition): boolean {
	return row >= top && row <= bottom && column >= left && column <= right;
}

export function cellCount({ top, bottom, left, right }: GridArea): number {
	return (bottom - top + 1) * (right - left + 1);
}
