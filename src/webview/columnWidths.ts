import { formatCell } from "./formatValue";
import type { ResultBuffer } from "./resultBuffer";

/** Rows that are measured: a screen or two. */
const MEASURED_ROWS = 100;
const MIN_CHARACTERS = 5;
const MAX_CHARACTERS = 45;

/** Widths of the columns in characters, from their names and the first rows, bounded. */
export function columnWidths(columns: readonly string[], rows: ResultBuffer): readonly number[] {
	const widths = columns.map((name) => name.length);
	for (let position = 0; position < Math.min(MEASURED_ROWS, rows.rowCount); position++) {
		for (const [column, value] of (rows.row(position) ?? []).entries()) {
			const { text, note } = formatCell(value);
			const length = text.length + (note === "" ? 0 : note.length + 1);
			if (length > (widths[column] ?? 0)) widths[column] = length;
		}
	}
	return widths.map((width) => Math.min(MAX_CHARACTERS, Math.max(MIN_CHARACTERS, width)));
}
