import { sqlLiteral } from "../../core/format/sqlLiteral";
import type { SchemaObject } from "../../protocol/engine";
import type { Row } from "../../protocol/values";
import type { EngineSession } from "../engine/engineSession";
import { readRows } from "./readRows";

/** A table or view, and its columns in order. */
export interface NamedTable {
	readonly name: string;
	readonly kind: "table" | "view";
	readonly columns: readonly NamedColumn[];
}

export interface NamedColumn {
	readonly name: string;
	/** As it was declared; empty where it was not. */
	readonly type: string;
}

/** What a query of a database can name. */
export interface SchemaNames {
	readonly tables: readonly NamedTable[];
	readonly functions: readonly string[];
}

export const NO_NAMES: SchemaNames = { tables: [], functions: [] };

/** So many columns are completed at most, of all tables together. */
const MAX_COLUMNS = 100_000;
/** So many views and virtual tables are asked for their columns: each by itself, for one of them may be wrong. */
const MAX_ASKED = 200;
const MAX_FUNCTIONS = 1000;

/** Ordinary tables, whose columns cannot fail to be told. */
const TABLE_COLUMNS = `SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_xinfo(t.name) c
	WHERE t.type = 'table' AND t.rootpage > 0 AND c.hidden <> 1`;
const FUNCTIONS = "SELECT DISTINCT name FROM pragma_function_list WHERE name GLOB '[a-z]*' ORDER BY name";

/** Asks an engine for the names in its database. Throws when the engine is ended meanwhile. */
export async function readSchemaNames(session: EngineSession, objects: readonly SchemaObject[]): Promise<SchemaNames> {
	const columns = new Map<string, NamedColumn[]>();
	for (const [table, name, type] of await readRows(session, TABLE_COLUMNS, MAX_COLUMNS)) {
		const known = columns.get(String(table)) ?? [];
		known.push({ name: String(name), type: String(type) });
		columns.set(String(table), known);
	}
	const tables = objects.filter((object) => isTable(object) && object.unusable === undefined);
	for (const { name } of tables.filter(({ name }) => !columns.has(name)).slice(0, MAX_ASKED)) {
		columns.set(name, await columnsOf(session, name));
	}
	const functions = await readRows(session, FUNCTIONS, MAX_FUNCTIONS);
	return {
		tables: tables.map(({ name, kind }) => ({
			name,
			kind: kind === "view" ? "view" : "table",
			columns: columns.get(name) ?? [],
		})),
		functions: functions.map(([name]) => String(name)),
	};
}

async function columnsOf(session: EngineSession, table: string): Promise<NamedColumn[]> {
	const sql = `SELECT name, type FROM pragma_table_xinfo(${sqlLiteral(table)}) WHERE hidden <> 1`;
	const rows: readonly Row[] = await readRows(session, sql, MAX_COLUMNS).catch((error: unknown) => {
		// A view of a table that is not there has no columns.
		if ((error as { code?: unknown }).code !== "sql") throw error;
		return [];
	});
	return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
}

function isTable({ kind }: SchemaObject): boolean {
	return kind === "table" || kind === "view";
}
