import type { GridActions } from "./gridActions";
import type { GridCursor } from "./gridCursor";
import type { GridPosition } from "./gridPosition";
import { isInArea, type SelectionExtent } from "./gridSelection";
import type { GridView } from "./gridView";
import { follow } from "./headerDrag";
import { pointedPosition } from "./pointedPosition";

/** A grid whose cells are pressed with the pointer. */
export interface PressedGrid {
	readonly cursor: GridCursor;
	readonly view: GridView;
	readonly actions: GridActions;
	readonly scroller: HTMLElement;
	readonly root: ShadowRoot;
}

/** The pointer went down on a cell or a row's number: what it is dragged over is selected. */
export function pressCell(
	{ cursor, view, actions, scroller, root }: PressedGrid,
	event: PointerEvent,
	position: GridPosition,
	extent: SelectionExtent,
): void {
	const isPlain = event.button === 0;
	if (!isPlain && isInArea(cursor.area, position)) return;
	cursor.select(position, extent, event.shiftKey && isPlain);
	if (!isPlain) return;
	follow(event, {
		moved: ({ clientX, clientY }) => {
			const { active, size } = cursor;
			const { leadPx } = view;
			const grid = { scroller, root, active, size, headPx: view.sizes.rowPx, leadPx, inRows: cursor.extent === "rows" };
			const under = pointedPosition(grid, clientX, clientY);
			if (under !== undefined) actions.moveTo(under, true);
		},
	});
}
