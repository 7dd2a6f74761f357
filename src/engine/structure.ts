import { quoteIdentifier } from "../core/sqlite/quoteIdentifier";
import type { Row, SqlValue } from "../core/sqlValue";
import type { ColumnStructure, ForeignKey, IndexColumn, IndexStructure, Structure } from "../protocol/structure";
import { affinityOf } from "./affinity";
import { allRows } from "./allRows";
import { schemaText } from "./schemaText";
import type { SnapshotDatabase } from "./snapshotDatabase";
import { SqlError } from "./sqlError";

/** Of the pragma's last column: https://www.sqlite.org/pragma.html#pragma_table_xinfo */
const COLUMN_KINDS: readonly ColumnStructure["kind"][] = ["plain", "hidden", "virtual", "stored"];

/**
 * What the schema says of a table or view, by its exact name. PRAGMAs are run as statements, not as tables: a database
 * may have tables of their names. A part that SQLite cannot tell leaves the others as they are.
 */
export function structureOf(database: SnapshotDatabase, name: string): Structure {
	const problems = new Set<string>();
	const rows = (sql: string, parameters?: Row): readonly Row[] => {
		try {
			return allRows(database, sql, parameters);
		} catch (error) {
			if (!(error instanceof SqlError) || error.code === "unreadable") throw error;
			problems.add(error.message);
			return [];
		}
	};
	const pragma = (pragma: string, of: string) => rows(`PRAGMA main.${pragma}(${quoteIdentifier(of)})`);
	const [table] = pragma("table_list", name);
	const strict = table?.[5] === 1n;

	const columns = pragma("table_xinfo", name).map(
		([, column, type, notNull, defaultValue, key, hidden]): ColumnStructure => ({
			name: schemaText(column),
			type: schemaText(type),
			affinity: affinityOf(schemaText(type), strict),
			notNull: notNull === 1n,
			defaultValue: defaultValue === null ? undefined : schemaText(defaultValue),
			keyPosition: Number(key),
			kind: COLUMN_KINDS[Number(hidden)] ?? "plain",
		}),
	);
	const indexes = pragma("index_list", name)
		.map(
			([, index, unique, origin, partial]): IndexStructure => ({
				name: schemaText(index),
				unique: unique === 1n,
				partial: partial === 1n,
				from: origin === "pk" ? "primary-key" : origin === "u" ? "unique" : "statement",
				columns: pragma("index_xinfo", schemaText(index)).filter(isKey).map(indexColumn),
				sql: definitions(rows("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name = ?", [index!]))[0]
					?.sql,
			}),
		)
		.sort((one, other) => (one.name < other.name ? -1 : 1));

	const children = rows(
		"SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%references%' ORDER BY name",
	).map(([child]) => schemaText(child));
	return {
		columns,
		withoutRowid: table?.[4] === 1n,
		strict,
		indexes,
		refersTo: foreignKeys(name, pragma("foreign_key_list", name)),
		referredBy: children.flatMap((child) =>
			foreignKeys(child, pragma("foreign_key_list", child)).filter(({ parent }) => isSameName(parent, name)),
		),
		triggers: definitions(
			rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? ORDER BY name", [name]),
		),
		problems: [...problems],
	};
}

function isKey(row: Row): boolean {
	return row[5] === 1n;
}

function indexColumn([, , column, descending, collation]: Row): IndexColumn {
	return {
		name: column === null ? undefined : schemaText(column),
		descending: descending === 1n,
		collation: schemaText(collation),
	};
}

/** Rows of `foreign_key_list`: one for each column, those of a key with its number. Answers the keys as they are declared. */
function foreignKeys(table: string, rows: readonly Row[]): ForeignKey[] {
	const keys = new Map<SqlValue, Row[]>();
	for (const row of rows) keys.set(row[0]!, [...(keys.get(row[0]!) ?? []), row]);
	return [...keys.values()].reverse().map((columns) => {
		const [, , parent, , to, onUpdate, onDelete] = columns[0]!;
		return {
			table,
			columns: columns.map(([, , , column]) => schemaText(column)),
			parent: schemaText(parent),
			parentColumns: to === null ? undefined : columns.map(([, , , , column]) => schemaText(column)),
			onUpdate: schemaText(onUpdate),
			onDelete: schemaText(onDelete),
		};
	});
}

function definitions(rows: readonly Row[]): { readonly name: string; readonly sql: string | undefined }[] {
	return rows.map(([name, sql]) => ({ name: schemaText(name), sql: sql === null ? undefined : schemaText(sql) }));
}

/** SQLite takes ASCII letters of both cases for the same. */
function isSameName(one: string, other: string): boolean {
	const fold = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	return fold(one) === fold(other);
}
