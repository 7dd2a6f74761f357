import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import type { Row } from "../../protocol/values";
import type { SnapshotDatabase } from "../snapshotDatabase";
import { SqlError } from "../sqlError";

/** A part of the key by which a table's rows lie in order. */
export interface KeyPart {
	/** As SQL: a quoted column, or a name of the rowid that no column has. */
	readonly sql: string;
	/** As SQL, quoted; `undefined` for a rowid. */
	readonly collation: string | undefined;
	readonly descending: boolean;
}

export interface TableLayout {
	/** As SQL, with its schema: nothing else can be meant by it. */
	readonly source: string;
	/** In the order of `SELECT *`. */
	readonly columns: readonly string[];
	/** Empty where rows have none: in a view or a virtual table, and where columns hide every name of the rowid. */
	readonly key: readonly KeyPart[];
}

const ROWID_NAMES = ["rowid", "_rowid_", "oid"];

/** How a table or view lies in its file. Throws `SqlError` when there is none of that name. */
export function tableLayout(database: SnapshotDatabase, table: string): TableLayout {
	const [found] = rowsOf(database, "SELECT type, wr FROM pragma_table_list(?1) WHERE schema = 'main'", table);
	if (found === undefined) throw new SqlError("sql", `no such table: ${table}`);
	const [type, withoutRowid] = found;
	const all = rowsOf(database, "SELECT name, type, pk, hidden FROM pragma_table_xinfo(?1)", table);
	const columns = all.filter(([, , , hidden]) => hidden !== 1n).map(([name]) => String(name));
	const hasKey = type !== "view" && type !== "virtual";
	return {
		source: `main.${quoteIdentifier(table)}`,
		columns,
		key: hasKey ? (withoutRowid === 1n ? primaryKey(database, table) : rowidKey(columns)) : [],
	};
}

function rowidKey(columns: readonly string[]): readonly KeyPart[] {
	const names = new Set(columns.map((name) => name.toLowerCase()));
	const free = ROWID_NAMES.find((name) => !names.has(name));
	return free === undefined ? [] : [{ sql: free, collation: undefined, descending: false }];
}

/** Of a table without a rowid, whose rows lie in its b-tree. */
function primaryKey(database: SnapshotDatabase, table: string): readonly KeyPart[] {
	const parts = rowsOf(
		database,
		`SELECT x.name, x.coll, x."desc" FROM pragma_index_list(?1) AS i, pragma_index_xinfo(i.name) AS x
			WHERE i.origin = 'pk' AND x.key ORDER BY x.seqno`,
		table,
	);
	return parts.map(([name, collation, descending]) => ({
		sql: quoteIdentifier(String(name)),
		collation: quoteIdentifier(String(collation)),
		descending: descending === 1n,
	}));
}

function rowsOf(database: SnapshotDatabase, sql: string, table: string): readonly Row[] {
	const cursor = database.query(sql, [table]);
	const rows: Row[] = [];
	for (let row = cursor.next(); row; row = cursor.next()) rows.push(row);
	return rows;
}
