import type { DatabaseObject } from "./faults";
import type { SchemaRow } from "./schema";

/** A table or an index with what its row in the schema tells of its b-tree. */
export interface SchemaObject {
	readonly object: DatabaseObject;
	/** What its root must be; `undefined` where the text does not say it for certain. */
	readonly kind: "table" | "index" | undefined;
	/** Whether an index surely has an entry for every row of its table. */
	readonly complete: boolean;
}

/** The schema's own table. */
export const SCHEMA: SchemaObject = {
	object: { type: "table", name: "sqlite_schema", table: "sqlite_schema", rootPage: 1 },
	kind: "table",
	complete: false,
};

/** The b-tree that a row of the schema names; `undefined` for one without, such as a view, a trigger or a virtual table. */
export function schemaObject(row: SchemaRow): SchemaObject | undefined {
	const { type, name, rootPage, sql, cut } = row;
	if (type === "trigger" || rootPage === undefined || rootPage === 0) return undefined;
	if (type === "index") {
		// Only CREATE INDEX can leave rows out, with a WHERE clause.
		const complete = sql === undefined ? !cut : !/where/i.test(sql);
		const table = sql === undefined ? (tableOfConstraint(name) ?? row.table) : row.table;
		return { object: { type: "index", name, table, rootPage }, kind: "index", complete };
	}
	return { object: { type: "table", name, table: row.table, rootPage }, kind: kindOfTable(sql), complete: false };
}

/** SQLite finds the table of an index that a constraint makes by the name of the index alone. */
function tableOfConstraint(name: string): string | undefined {
	return /^sqlite_autoindex_(.*)_\d+$/s.exec(name)?.[1];
}

/** A row that should name a root page and does not. */
export function lacksRoot({ type, rootPage, sql }: SchemaRow): boolean {
	if (rootPage !== undefined && rootPage !== 0) return false;
	return type === "index" || (type === "table" && sql !== undefined && !/virtual/i.test(sql));
}

/** A table WITHOUT ROWID is stored as an index. Its text is looked at, not parsed: what could be in a comment or a name says nothing. */
function kindOfTable(sql: string | undefined): "table" | "index" | undefined {
	if (sql === undefined) return undefined;
	if (!/without.*rowid/is.test(sql)) return "table";
	return /\)\s*(strict\s*,\s*)?without\s+rowid(\s*,\s*strict)?[\s;]*$/i.test(sql) && !/--|\/\*/.test(sql)
		? "index"
		: undefined;
}
