import type { RowBatch } from "./engine";

/** What the page asks of an engine to look at any place of a table, in key order or another, all of it or a part. */
export interface BrowseFunctions {
	/** Starts a browse of a table or view. Fails where a filter or the order names a column that is not there. */
	browse(spec: BrowseSpec): Promise<BrowseStarted>;
	/** Goes on finding rows for about so long, and answers what has been found so far. */
	surveyRows(browse: number, ms: number): Promise<Survey>;
	/** Rows that have been found, from a position on: at most so many, and about 1 MiB. */
	browseRows(browse: number, first: number, maxRows: number): Promise<RowBatch>;
	closeBrowse(browse: number): Promise<void>;
}

/** Which rows of a table or view, and in what order. */
export interface BrowseSpec {
	/** Exact name of the table or view. */
	readonly table: string;
	/** A row is shown that passes them all. */
	readonly filters: readonly ColumnFilter[];
	/** Rows that are equal in these follow each other in key order. */
	readonly order: readonly SortColumn[];
}

export interface SortColumn {
	readonly column: string;
	readonly descending: boolean;
}

/** What the values of a column must be. */
export type ColumnFilter = { readonly column: string } & FilterTest;

export type FilterTest =
	| { readonly kind: "null" }
	| { readonly kind: "not-null" }
	/** The text that SQLite makes of the value has this in it, or is this. */
	| { readonly kind: "contains" | "equals"; readonly text: string; readonly caseSensitive: boolean }
	/** A regular expression of JavaScript that the text matches somewhere. */
	| { readonly kind: "matches"; readonly pattern: string; readonly caseSensitive: boolean }
	/** Bounds as one row of two that `encodeRow` made, both inclusive; NULL where there is none. */
	| { readonly kind: "range"; readonly bounds: Uint8Array }
	/** The one value in a row that `encodeRow` made, equal by the column's affinity and collation. */
	| { readonly kind: "is"; readonly value: Uint8Array };

export interface BrowseStarted {
	/** `undefined` for what has no key to find a row again by: a view, a virtual table. It can be queried. */
	readonly browse: number | undefined;
	/** In the order of `SELECT *`. */
	readonly columns: readonly string[];
	/** Of the columns, as the schema declares them; empty for none. */
	readonly types: readonly string[];
}

export interface Survey {
	/** Rows found so far. */
	readonly rowCount: number;
	/** Whether there are no others. */
	readonly complete: boolean;
	/** Whether no more are looked for: so many keys are kept at most. */
	readonly full: boolean;
}
