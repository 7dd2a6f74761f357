/** A cell of a grid, counted from 0. */
export interface GridPosition {
	readonly row: number;
	readonly column: number;
}

export interface GridSize {
	readonly rows: number;
	readonly columns: number;
	/** Rows that fit on the screen. */
	readonly pageRows: number;
}

/** A key as the keyboard event describes it; `ctrl` is Command on a Mac too. */
export interface GridKey {
	readonly key: string;
	readonly ctrl: boolean;
}

/** Where a key moves to from a cell; `undefined` for a key that does not move. */
export function moveInGrid(from: GridPosition, { key, ctrl }: GridKey, size: GridSize): GridPosition | undefined {
	const lastRow = Math.max(0, size.rows - 1);
	const lastColumn = Math.max(0, size.columns - 1);
	const to = (row: number, column: number): GridPosition => ({
		row: Math.min(lastRow, Math.max(0, row)),
		column: Math.min(lastColumn, Math.max(0, column)),
	});
	switch (key) {
		case "ArrowDown":
			return to(ctrl ? lastRow : from.row + 1, from.column);
		case "ArrowUp":
			return to(ctrl ? 0 : from.row - 1, from.column);
		case "ArrowRight":
			return to(from.row, ctrl ? lastColumn : from.column + 1);
		case "ArrowLeft":
			return to(from.row, ctrl ? 0 : from.column - 1);
		case "PageDown":
			return to(from.row + size.pageRows, from.column);
		case "PageUp":
			return to(from.row - size.pageRows, from.column);
		case "Home":
			return to(ctrl ? 0 : from.row, 0);
		case "End":
			return to(ctrl ? lastRow : from.row, lastColumn);
		default:
			return undefined;
	}
}
