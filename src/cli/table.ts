/** A table for people: columns two spaces apart, `right` the positions of those that align right. */
export function renderTable(
	head: readonly string[],
	rows: readonly (readonly string[])[],
	right: ReadonlySet<number>,
): string {
	const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
	return [head, ...rows].map((row) => renderRow(row, widths, right)).join("\n");
}

function renderRow(row: readonly string[], widths: readonly number[], right: ReadonlySet<number>): string {
	const cells = widths.map((width, column) => {
		const text = row[column] ?? "";
		return right.has(column) ? text.padStart(width) : text.padEnd(width);
	});
	return `  ${cells.join("  ").trimEnd()}`;
}
