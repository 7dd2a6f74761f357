import type { Row, SqlValue } from "../../protocol/values";
import { formatCell } from "../cell/formatValue";
import type { RowSource } from "./rowSource";

/** The columns as their headers name them. */
export type Headings = Pick<RowSource, "columns" | "types">;

const MIN_CHARACTERS = 5;
const MAX_CHARACTERS = 45;

/** Numbers are never clipped: a shortened one would be another number. None is longer than this. */
const MAX_NUMBER_CHARACTERS = 26;

/** Of a type, a column is made as wide as this much of it needs. */
const MAX_TYPE_CHARACTERS = 12;

/** Widths of the columns in characters, from their names and types and some of the rows, bounded. */
export function columnWidths(headings: Headings, rows: readonly Row[]): readonly number[] {
	const widths = headings.columns.map((_, column) => headingLength(headings, column, MAX_TYPE_CHARACTERS));
	for (const row of rows) {
		for (const [column, value] of row.entries()) {
			const length = shownLength(value);
			if (length > (widths[column] ?? 0)) widths[column] = length;
		}
	}
	return widths.map((width) => Math.min(MAX_CHARACTERS, Math.max(MIN_CHARACTERS, width)));
}

/** Width of one column in characters, so that nothing in it is clipped that a cell shows. */
export function fittingWidth(headings: Headings, column: number, rows: readonly Row[]): number {
	const lengths = rows.map((row) => shownLength(row[column] ?? null));
	return Math.max(MIN_CHARACTERS, headingLength(headings, column), ...lengths);
}

/** The type stands behind the name. */
function headingLength({ columns, types = [] }: Headings, column: number, maxTypeCharacters = Infinity): number {
	const typeLength = types[column]?.length ?? 0;
	const room = typeLength === 0 ? 0 : 1 + Math.min(typeLength, maxTypeCharacters);
	return (columns[column]?.length ?? 0) + room;
}

function shownLength(value: SqlValue): number {
	const { text, note } = formatCell(value);
	return text.length + (note === "" ? 0 : note.length + 1);
}

/**
 * The widths, wider where a number in one of these rows needs it, in those columns that are looked at; the same array when
 * none does.
 */
export function widenForNumbers(
	widths: readonly number[],
	rows: readonly (Row | undefined)[],
	columns: readonly number[],
): readonly number[] {
	const widened = [...widths];
	for (const column of columns) {
		for (const row of rows) {
			const value = row?.[column];
			if (typeof value !== "bigint" && typeof value !== "number") continue;
			const length = Math.min(MAX_NUMBER_CHARACTERS, formatCell(value).text.length);
			if (length > (widened[column] ?? length)) widened[column] = length;
		}
	}
	return widened.every((width, column) => width === widths[column]) ? widths : widened;
}
