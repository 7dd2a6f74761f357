import type { Row } from "../../protocol/values";

/** Positions of the columns that hold numbers in these rows, and nothing else but NULL. */
export function numericColumns(columnCount: number, rows: readonly Row[]): ReadonlySet<number> {
	const numbers = new Set<number>();
	const others = new Set<number>();
	for (const row of rows) {
		for (const [column, value] of row.entries()) {
			if (typeof value === "bigint" || typeof value === "number") numbers.add(column);
			else if (value !== null) others.add(column);
		}
	}
	return new Set([...Array(columnCount).keys()].filter((column) => numbers.has(column) && !others.has(column)));
}
