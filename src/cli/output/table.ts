/** How the columns of a table are drawn. */
export interface TableLayout {
	readonly widths: readonly number[];
	/** Positions of the columns that align right. */
	readonly right: ReadonlySet<number>;
}

/** A table for people: columns two spaces apart, `right` the positions of those that align right. */
export function renderTable(
	head: readonly string[],
	rows: readonly (readonly string[])[],
	right: ReadonlySet<number>,
): string {
	const lines = [head, ...rows];
	const layout = { widths: columnWidths(lines), right };
	return lines.map((line) => renderRow(line, layout)).join("\n");
}

/** What the longest cell of each column needs. All rows have as many cells as the first. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
	const [first = []] = rows;
	return first.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
}

export function renderRow(row: readonly string[], { widths, right }: TableLayout): string {
	const cells = widths.map((width, column) => {
		const text = row[column] ?? "";
		return right.has(column) ? text.padStart(width) : text.padEnd(width);
	});
	return `  ${cells.join("  ").trimEnd()}`;
}
