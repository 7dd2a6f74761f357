import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import { allRows } from "../allRows";
import { schemaText } from "../schemaText";
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
	/** Of the columns, as they are declared; empty for none. */
	readonly types: readonly string[];
	/** Empty where rows have none: in a view or a virtual table, and where columns hide every name of the rowid. */
	readonly key: readonly KeyPart[];
}

const ROWID_NAMES = ["rowid", "_rowid_", "oid"];

/** How a table or view lies in its file. Throws `SqlError` when there is none of that name. */
export function tableLayout(database: SnapshotDatabase, table: string): TableLayout {
	const name = quoteIdentifier(table);
	// As statements, not as tables: a database may have tables of these names.
	const [found] = allRows(database, `PRAGMA main.table_list(${name})`);
	if (found === undefined) throw new SqlError("sql", `no such table: ${table}`);
	const [, , type, , withoutRowid] = found;
	const all = allRows(database, `PRAGMA main.table_xinfo(${name})`);
	const visible = all.filter((column) => column[6] !== 1n);
	const columns = visible.map((column) => String(column[1]));
	const hasKey = type !== "view" && type !== "virtual";
	return {
		source: `main.${name}`,
		columns,
		types: visible.map((column) => schemaText(column[2])),
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
	const indexes = allRows(database, `PRAGMA main.index_list(${quoteIdentifier(table)})`);
	const key = indexes.find(([, , , origin]) => origin === "pk");
	const parts = key ? allRows(database, `PRAGMA main.index_xinfo(${quoteIdentifier(String(key[1]))})`) : [];
	const keyParts = parts.filter((part) => part[5] === 1n);
	return keyParts.map(([, , name, descending, collation]) => ({
		sql: quoteIdentifier(String(name)),
		collation: quoteIdentifier(String(collation)),
		descending: descending === 1n,
	}));
}
