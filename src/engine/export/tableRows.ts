import type { CheckedImage } from "../../core/sqlite/btree/databaseCheck";
import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import type { SqlValue } from "../../core/sqlValue";
import { SalvageCursor, type SkippedRows } from "../salvageCursor";
import type { SnapshotDatabase } from "../snapshotDatabase";
import type { CountedOutput } from "./countedOutput";

/** What an export reads from, and where to. */
export interface ExportContext {
	readonly database: SnapshotDatabase;
	readonly output: CountedOutput;
	/** The database's pages, where what reads of a damaged table is wanted and the rest told; else damage is an error. */
	readonly salvage: CheckedImage | undefined;
}

/** Rows and the names of their columns. */
export interface NamedRows {
	readonly columns: readonly string[];
	/** `undefined` after the last. Throws `SqlError`. */
	next(): readonly SqlValue[] | undefined;
}

/** Every row of a table, as `SELECT *` has them. Throws `SqlError`. */
export function tableRows(context: ExportContext, table: string): NamedRows {
	const { database, salvage, output } = context;
	if (salvage === undefined) return database.query(`SELECT * FROM ${quoteIdentifier(table)}`);
	const cursor = new SalvageCursor(database, salvage, table);
	return {
		columns: cursor.columns,
		next() {
			const row = cursor.next();
			if (row === undefined) for (const message of skippedText(table, cursor)) output.warn(message);
			return row;
		},
	};
}

function skippedText(table: string, { skipped, skippedCount }: SalvageCursor): readonly string[] {
	const told = skipped.map((rows) => `table ${table}: ${rowsText(rows)} left out: ${rows.reason}.`);
	const more = skippedCount - skipped.length;
	return more === 0 ? told : [...told, `table ${table}: rows are left out in ${more} more places.`];
}

function rowsText({ rowids }: SkippedRows): string {
	if (rowids === undefined) return "rows are";
	const [first, last] = rowids;
	return first === last ? `the row with rowid ${first} is` : `rows with rowids from ${first} to ${last} are`;
}
