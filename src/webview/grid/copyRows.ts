import type { Row, SqlValue } from "../../core/sqlValue";
import type { RowShape } from "../../engine/export/rowShape";

/** Characters that are copied at most: more is for an export. */
export const MAX_COPIED = 8 << 20;

export interface Copied {
	readonly text: string;
	readonly rows: number;
	/** Whether there were more rows than the limit lets in. */
	readonly clipped: boolean;
}

/** Rows as one text, as many of them as the limit lets in. `columns`: the positions of those that are copied, in order. */
export async function copyRows(
	rows: AsyncIterable<Row>,
	columns: readonly number[],
	shape: RowShape,
	progress: (rows: number) => void,
	maxCharacters = MAX_COPIED,
): Promise<Copied> {
	const parts = [shape.begin];
	let length = shape.begin.length + shape.end.length;
	let count = 0;
	let clipped = false;
	for await (const row of rows) {
		const text = rowText(row, columns, shape);
		length += text.length + shape.betweenRows.length;
		clipped = length > maxCharacters;
		if (clipped) break;
		if (count > 0) parts.push(shape.betweenRows);
		parts.push(text);
		count++;
		progress(count);
	}
	return { text: parts.join("") + shape.end, rows: count, clipped };
}

function rowText(row: Row, columns: readonly number[], { rowStart, betweenCells, rowEnd, cell }: RowShape): string {
	const cells = columns.map((column, place) => cell(row[column] ?? (null satisfies SqlValue), place));
	return rowStart + cells.join(betweenCells) + rowEnd;
}
