import type { ResultBuffer } from "./resultBuffer";

/** Rows that are looked at: a screen or two. */
const MEASURED_ROWS = 100;

/** Positions of the columns that hold numbers in the first rows, and nothing else but NULL. */
export function numericColumns(columnCount: number, rows: ResultBuffer): ReadonlySet<number> {
	const numbers = new Set<number>();
	const others = new Set<number>();
	for (let position = 0; position < Math.min(MEASURED_ROWS, rows.rowCount); position++) {
		for (const [column, value] of (rows.row(position) ?? []).entries()) {
			if (typeof value === "bigint" || typeof value === "number") numbers.add(column);
			else if (value !== null) others.add(column);
		}
	}
	return new Set([...Array(columnCount).keys()].filter((column) => numbers.has(column) && !others.has(column)));
}
