import { markdownCell } from "../../core/format/markdownCell";
import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import type { SqlValue } from "../../core/sqlValue";
import { csvShape, insertShape, jsonShape, type RowShape } from "../../engine/export/rowShape";
import { formatWhole } from "../cell/formatValue";

/** The forms in which cells can be copied; `text` is what spreadsheets read. */
export const COPY_FORMATS = ["text", "csv", "json", "sql", "markdown"] as const;

export type CopyFormat = (typeof COPY_FORMATS)[number];

/** For INSERT statements of rows whose table is not known. */
const UNKNOWN_TABLE = "result";

/** How rows of these columns are written. `table`: the one that they are of, where that is known. */
export function copyShape(format: CopyFormat, columns: readonly string[], table = UNKNOWN_TABLE): RowShape {
	switch (format) {
		case "text":
			return { ...NO_FRAME, betweenCells: "\t", betweenRows: "\n", cell: tabField };
		case "csv":
			return csvShape(columns);
		case "json":
			return jsonShape(columns);
		case "sql":
			return insertShape(table, columns.map(quoteIdentifier));
		case "markdown":
			return {
				...NO_FRAME,
				...MARKDOWN_ROW,
				begin: markdownHead(columns),
				cell: (value) => markdownCell(formatWhole(value)),
			};
		default:
			return format satisfies never;
	}
}

const NO_FRAME = { begin: "", rowStart: "", betweenCells: "", rowEnd: "", betweenRows: "", end: "" };
const MARKDOWN_ROW = { rowStart: "| ", betweenCells: " | ", rowEnd: " |\n" };

function markdownHead(columns: readonly string[]): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
	return line(columns.map(markdownCell)) + line(columns.map(() => "---"));
}

/** What would end a field or a line stands in quotes. */
function tabField(value: SqlValue): string {
	const text = formatWhole(value);
	return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
