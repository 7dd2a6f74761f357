import { CSV_LINE_END, csvField } from "../../core/format/csvField";
import { jsonValue } from "../../core/format/jsonValue";
import { scriptLiteral } from "../../core/format/scriptLiteral";
import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import type { SqlValue } from "../../core/sqlValue";
import { uniqueNames } from "./uniqueNames";

/** What stands between and around the values of a result to make a text of it. */
export interface RowShape {
	readonly begin: string;
	readonly rowStart: string;
	readonly betweenCells: string;
	readonly rowEnd: string;
	readonly betweenRows: string;
	readonly end: string;
	cell(value: SqlValue, column: number): string;
}

/** A line of names, then a line for each row. */
export function csvShape(columns: readonly string[]): RowShape {
	return {
		begin: columns.map(csvField).join(",") + CSV_LINE_END,
		rowStart: "",
		betweenCells: ",",
		rowEnd: CSV_LINE_END,
		betweenRows: "",
		end: "",
		cell: csvField,
	};
}

/** One array with an object for each row, a line each. */
export function jsonShape(columns: readonly string[]): RowShape {
	return { ...objects(columns), begin: "[\n", rowEnd: "}", betweenRows: ",\n", end: "\n]\n" };
}

/** An object for each row, a line each. */
export function jsonLinesShape(columns: readonly string[]): RowShape {
	return { ...objects(columns), begin: "", rowEnd: "}\n", betweenRows: "", end: "" };
}

function objects(columns: readonly string[]): Pick<RowShape, "rowStart" | "betweenCells" | "cell"> {
	const keys = uniqueNames(columns).map((name) => `${JSON.stringify(name)}:`);
	return {
		rowStart: "{",
		betweenCells: ",",
		cell: (value, column) => `${keys[column]}${jsonValue(value)}`,
	};
}

/** An INSERT for each row. `columns`: names as SQL writes them; all of the table's in their order where none are given. */
export function insertShape(table: string, columns: readonly string[] | undefined): RowShape {
	const names = columns === undefined ? "" : `(${columns.join(",")})`;
	return {
		begin: "",
		rowStart: `INSERT INTO ${quoteIdentifier(table)}${names} VALUES(`,
		betweenCells: ",",
		rowEnd: ");\n",
		betweenRows: "",
		end: "",
		cell: scriptLiteral,
	};
}
