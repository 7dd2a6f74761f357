import type { Row } from "../../protocol/values";

/** The rows that a grid shows, as far as they are here. Positions are counted from 0. */
export interface RowSource {
	readonly columns: readonly string[];
	/** Of the columns, as the schema declares them, empty for none; nothing where it does not say. */
	readonly types?: readonly string[];
	/** Name of the table that the rows are of, where they are of one. */
	readonly table?: string | undefined;
	/** Rows as far as is known; a grid shows room for so many, whether they are here or not. */
	readonly rowCount: number;
	/** Whether there are no rows but these. */
	readonly complete: boolean;
	/** `undefined` while the row is not here. */
	row(position: number): Row | undefined;
	/** These rows are in view: what is not here of them, or soon needed, is to be fetched. Asked anew at every look. */
	want(first: number, endExclusive: number): void;
	/** Calls back when any of the above may answer differently. Answers a function that stops that. */
	watch(changed: () => void): () => void;
}

/** Nothing, and nothing to come. */
export const NO_ROWS: RowSource = {
	columns: [],
	rowCount: 0,
	complete: true,
	row: () => undefined,
	want: () => {},
	watch: () => () => {},
};

/** Those rows of a range that are here. */
export function rowsHere(source: RowSource, first: number, endExclusive: number): Row[] {
	const rows: Row[] = [];
	for (let position = first; position < Math.min(endExclusive, source.rowCount); position++) {
		const row = source.row(position);
		if (row !== undefined) rows.push(row);
	}
	return rows;
}
