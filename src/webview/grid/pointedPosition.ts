import type { GridPosition, GridSize } from "./gridPosition";
import { positionOf } from "./gridRow";

/** A grid as the pointer is dragged over it. */
export interface PointedGrid {
	readonly scroller: HTMLElement;
	readonly root: ShadowRoot;
	readonly active: GridPosition;
	readonly size: Pick<GridSize, "rows" | "columns">;
	/** Of the header, and of what stays at the left. */
	readonly headPx: number;
	readonly leadPx: number;
	/** Whether whole rows are selected: then the column does not matter. */
	readonly inRows: boolean;
}

/** The cell under a point of the window; beyond an edge of the view, that next to the current one. */
export function pointedPosition(grid: PointedGrid, clientX: number, clientY: number): GridPosition | undefined {
	const { active, inRows, size } = grid;
	const { top, right, bottom, left } = grid.scroller.getBoundingClientRect();
	const down = beyond(clientY, top + grid.headPx, bottom);
	const across = inRows ? 0 : beyond(clientX, left, right);
	if (down !== 0 || across !== 0) {
		return {
			row: Math.min(size.rows - 1, Math.max(0, active.row + down)),
			column: Math.min(size.columns - 1, Math.max(0, active.column + across)),
		};
	}
	const position = positionOf(grid.root.elementFromPoint(inRows ? left + grid.leadPx + 1 : clientX, clientY));
	return position !== undefined && inRows ? { row: position.row, column: active.column } : position;
}

function beyond(at: number, from: number, to: number): -1 | 0 | 1 {
	if (at < from) return -1;
	return at > to ? 1 : 0;
}

/** Place of the column whose header is under a point of the window. */
export function pointedPlace(root: ParentNode, clientX: number): number | undefined {
	for (const header of root.querySelectorAll<HTMLElement>("[data-place]")) {
		const { left, right } = header.getBoundingClientRect();
		if (clientX >= left && clientX < right) return Number(header.dataset["place"]);
	}
	return undefined;
}
