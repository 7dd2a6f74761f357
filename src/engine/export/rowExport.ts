import type { SqlValue } from "../../core/sqlValue";
import type { CountedOutput } from "./countedOutput";
import type { RowShape } from "./rowShape";

/** Rows, one after another, until `undefined`. */
export interface RowSource {
	next(): readonly SqlValue[] | undefined;
}

/** Writes rows in a shape. */
export async function exportRows(rows: RowSource, shape: RowShape, output: CountedOutput): Promise<void> {
	output.add(shape.begin);
	let isFirst = true;
	for (let row = rows.next(); row; row = rows.next()) {
		output.add(isFirst ? shape.rowStart : shape.betweenRows + shape.rowStart);
		isFirst = false;
		for (const [column, value] of row.entries()) {
			output.add(column === 0 ? shape.cell(value, column) : shape.betweenCells + shape.cell(value, column));
			// A row can be longer than a string can be.
			if (output.isFull) await output.flush();
		}
		output.add(shape.rowEnd);
		output.addRow();
	}
	output.add(shape.end);
}
