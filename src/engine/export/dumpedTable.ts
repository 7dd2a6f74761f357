import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import type { SnapshotDatabase } from "../snapshotDatabase";
import { SqlError } from "../sqlError";

/** The columns by which a table's rows can be written again. */
export interface DumpedTable {
	/** Those that can be given a value, which computed ones cannot. */
	readonly columns: readonly string[];
	/** The name for the row's number where it is no column of its own, and must be kept besides. */
	readonly rowid: string | undefined;
	/** Whether `columns` are all that it has, and nothing is kept besides. */
	readonly isWhole: boolean;
}

const ROWID_NAMES = ["rowid", "_rowid_", "oid"];

/** Throws `SqlError` where the table cannot be read. */
export function dumpedTable(database: SnapshotDatabase, table: string): DumpedTable {
	const columns = rowsOf(database, `PRAGMA table_xinfo(${quoteIdentifier(table)})`).map(
		([, name, type, , , key, hidden]) => ({
			name: String(name),
			isInteger: /^integer$/i.test(String(type)),
			isKey: key !== 0n,
			isStored: hidden === 0n,
		}),
	);
	const keys = columns.filter(({ isKey }) => isKey);
	// An index of the key's own is there where the key is not the row's number: for `INTEGER PRIMARY KEY DESC` too.
	const hasKeyIndex = rowsOf(database, `PRAGMA index_list(${quoteIdentifier(table)})`).some(
		([, , , of]) => of === "pk",
	);
	const isRowid = keys.length === 1 && keys[0]?.isInteger === true && !hasKeyIndex;
	const stored = columns.filter(({ isStored }) => isStored).map(({ name }) => name);
	const rowid = isRowid ? undefined : rowidOf(database, table, columns);
	return { columns: stored, rowid, isWhole: rowid === undefined && stored.length === columns.length };
}

/** `undefined` for a table without rowid, and where columns have all of its names. */
function rowidOf(
	database: SnapshotDatabase,
	table: string,
	columns: readonly { readonly name: string }[],
): string | undefined {
	const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
	const rowid = ROWID_NAMES.find((name) => !taken.has(name));
	if (rowid === undefined) return undefined;
	try {
		// Not in quotes, where SQLite takes it for a text if there is none.
		database.query(`SELECT ${rowid} FROM ${quoteIdentifier(table)}`).close();
		return rowid;
	} catch (error) {
		if (error instanceof SqlError) return undefined;
		throw error;
	}
}

function rowsOf(database: SnapshotDatabase, sql: string) {
	const cursor = database.query(sql);
	const rows = [];
	for (let row = cursor.next(); row; row = cursor.next()) rows.push(row);
	return rows;
}
