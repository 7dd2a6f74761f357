import { jsonValue } from "../../core/format/jsonValue";
import type { SqlValue } from "../../core/sqlValue";
import { visible } from "../../core/text";
import type { Cursor } from "../../engine/cursor";
import { csvShape, jsonLinesShape, type RowShape } from "../../engine/export/rowShape";
import { columnWidths, renderRow } from "./table";
import { valueText } from "./values";

/** How a result is written: `table` for people, `json` as one document. */
export const RESULT_MODES = ["table", "csv", "json", "jsonl"] as const;

export type ResultMode = (typeof RESULT_MODES)[number];

/** Resolves when more can be taken. */
export type WriteText = (text: string) => Promise<void>;

/** The rows of a cursor, up to a limit. */
export class LimitedRows {
	/** Whether there were more rows than asked for; known at the end. */
	truncated = false;
	#count = 0;

	constructor(
		private readonly cursor: Cursor,
		private readonly limit = Number.POSITIVE_INFINITY,
	) {}

	get columns(): readonly string[] {
		return this.cursor.columns;
	}

	next(): readonly SqlValue[] | undefined {
		const row = this.cursor.next();
		this.truncated = row !== undefined && this.#count++ >= this.limit;
		return this.truncated ? undefined : row;
	}
}

const PIECE_LENGTH = 1 << 20;

/** Columns of rows for people get the width that the first rows need. */
const ROWS_MEASURED = 200;

/** Writes a result in a mode other than JSON, whose document holds more than one result. */
export async function writeRows(rows: LimitedRows, mode: Exclude<ResultMode, "json">, write: WriteText): Promise<void> {
	if (rows.columns.length === 0) return;
	if (mode === "table") await writeTable(rows, write);
	else await writeShaped(rows, mode === "csv" ? csvShape(rows.columns) : jsonLinesShape(rows.columns), write);
}

/** The members of a JSON object that hold a result, without the braces around them. */
export async function writeJsonMembers(rows: LimitedRows, write: WriteText): Promise<void> {
	const shape: RowShape = {
		begin: `"columns":${JSON.stringify(rows.columns)},"rows":[`,
		rowStart: "[",
		betweenCells: ",",
		rowEnd: "]",
		betweenRows: ",",
		end: "]",
		cell: jsonValue,
	};
	await writeShaped(rows, shape, write);
	await write(`,"truncated":${rows.truncated}`);
}

async function writeShaped(rows: LimitedRows, shape: RowShape, write: WriteText): Promise<void> {
	await write(shape.begin);
	let separator = shape.rowStart;
	for (let row = rows.next(); row; row = rows.next()) {
		let text = separator;
		separator = shape.betweenRows + shape.rowStart;
		for (const [column, value] of row.entries()) {
			// A row can be longer than a string can be: it is written in pieces of a few values.
			if (text.length > PIECE_LENGTH) {
				await write(text);
				text = "";
			}
			text += column === 0 ? shape.cell(value, column) : shape.betweenCells + shape.cell(value, column);
		}
		await write(text + shape.rowEnd);
	}
	await write(shape.end);
}

async function writeTable(rows: LimitedRows, write: WriteText): Promise<void> {
	const { columns } = rows;
	const measured: (readonly string[])[] = [columns.map(visible)];
	const right = new Set(columns.keys());
	let row = rows.next();
	for (; row && measured.length <= ROWS_MEASURED; row = rows.next()) {
		for (const [column, value] of row.entries()) {
			if (typeof value !== "bigint" && typeof value !== "number") right.delete(column);
		}
		measured.push(row.map(valueText));
	}
	const layout = { widths: columnWidths(measured), right };
	for (const cells of measured) await write(`${renderRow(cells, layout)}\n`);
	for (; row; row = rows.next()) await write(`${renderRow(row.map(valueText), layout)}\n`);
}
