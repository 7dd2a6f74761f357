import { scriptLiteral } from "../../core/format/scriptLiteral";
import type { TextEncoding } from "../../core/sqlite/databaseHeader";
import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import type { SchemaObject } from "../../protocol/engine";
import type { ExportSource } from "../../protocol/export";
import { SqlError } from "../sqlError";
import type { CountedOutput } from "./countedOutput";
import { dumpedTable } from "./dumpedTable";
import { exportRows, type RowSource } from "./rowExport";
import { insertShape } from "./rowShape";
import { startQuery } from "./startQuery";
import { type ExportContext, type NamedRows, tableRows } from "./tableRows";
import { uniqueNames } from "./uniqueNames";

const PRAGMA_ENCODINGS: Readonly<Record<TextEncoding, string>> = {
	"utf-8": "UTF-8",
	"utf-16le": "UTF-16le",
	"utf-16be": "UTF-16be",
};

/**
 * Writes statements that make the same rows again in an empty database: what the sqlite3 shell's `.dump` writes, with the
 * numbers of rows that are no column, and with everything exact.
 */
export async function exportScript(context: ExportContext, source: ExportSource): Promise<void> {
	const { database, output } = context;
	await output.begin("export.sql");
	if (database.encoding !== "utf-8") output.add(`PRAGMA encoding='${PRAGMA_ENCODINGS[database.encoding]}';\n`);
	// Rows are written as they are, whatever order they refer to each other in and whatever was checked when they came.
	output.add("PRAGMA foreign_keys=OFF;\nPRAGMA ignore_check_constraints=ON;\nBEGIN TRANSACTION;\n");
	if (source.kind === "query") await writeResult(startQuery(database, source), "result", output);
	else {
		const schema = database.schema();
		if (source.kind === "all") await writeAll(context, schema);
		else await writeObject(context, schema, source.name);
	}
	output.add("COMMIT;\n");
}

async function writeAll(context: ExportContext, schema: readonly SchemaObject[]): Promise<void> {
	const { database, output } = context;
	for (const pragma of ["user_version", "application_id"]) {
		const value = database.query(`PRAGMA ${pragma}`).next()?.[0];
		if (value !== 0n) output.add(`PRAGMA ${pragma}=${value};\n`);
	}
	// SQLite's own: statistics are not data, and the counters of AUTOINCREMENT come last, when SQLite has made their table.
	const tables = schema.filter(({ kind, name }) => kind === "table" && !/^sqlite_/i.test(name));
	const virtual = tables.filter(isVirtual);
	for (const table of tables) if (!isVirtual(table)) await writeTable(context, table);
	if (tables.some(({ sql }) => /\bautoincrement\b/i.test(sql ?? ""))) {
		output.add("DELETE FROM sqlite_sequence;\n");
		await writeRows(context, "sqlite_sequence");
	}
	// Their rows are in the tables that they keep; to be made as usual they would have to be empty.
	if (virtual.length > 0) {
		output.add("PRAGMA writable_schema=ON;\n");
		for (const { name, sql } of virtual) {
			const [quotedName, quotedSql] = [scriptLiteral(name), scriptLiteral(sql ?? "")];
			output.add(
				`INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql) VALUES('table',${quotedName},${quotedName},0,${quotedSql});\n`,
			);
		}
	}
	for (const { kind, sql } of schema) if (kind !== "table" && sql !== undefined) output.add(`${sql};\n`);
	if (virtual.length > 0) output.add("PRAGMA writable_schema=OFF;\n");
}

/** One table with its rows, indexes and triggers; of anything else the rows, in a table of its name. */
async function writeObject(context: ExportContext, schema: readonly SchemaObject[], name: string): Promise<void> {
	const { output } = context;
	const table = schema.find((object) => object.kind === "table" && object.name === name);
	if (table === undefined || isVirtual(table)) {
		return writeResult(tableRows(context, name), name, output);
	}
	await writeTable(context, table);
	for (const { kind, table: of, sql } of schema) {
		if (kind !== "table" && of === name && sql !== undefined) output.add(`${sql};\n`);
	}
}

async function writeTable(context: ExportContext, { name, sql }: SchemaObject): Promise<void> {
	if (sql === undefined) throw new SqlError("sql", `There is no definition of table ${name}.`);
	context.output.add(`${sql};\n`);
	await writeRows(context, name);
}

async function writeRows(context: ExportContext, table: string): Promise<void> {
	const { database, output, salvage } = context;
	const { columns, rowid, isWhole } = dumpedTable(database, table);
	const names = columns.map(quoteIdentifier);
	if (salvage !== undefined)
		return exportRows(only(columns, tableRows(context, table)), insertShape(table, names), output);
	const selected = rowid === undefined ? names : [rowid, ...names];
	const rows = database.query(`SELECT ${selected.join(",")} FROM ${quoteIdentifier(table)}`);
	await exportRows(rows, insertShape(table, isWhole ? undefined : selected), output);
}

/** Rows with some of their columns. */
function only(columns: readonly string[], rows: NamedRows): RowSource {
	const positions = columns.map((name) => rows.columns.indexOf(name));
	return {
		next() {
			const row = rows.next();
			return row && positions.map((position) => row[position] ?? null);
		},
	};
}

/** The rows of a query in a table whose columns take everything as it is. */
async function writeResult(rows: NamedRows, table: string, output: CountedOutput): Promise<void> {
	const columns = uniqueNames(rows.columns).map(quoteIdentifier);
	if (columns.length === 0) return;
	output.add(`CREATE TABLE ${quoteIdentifier(table)}(${columns.join(",")});\n`);
	await exportRows(rows, insertShape(table, undefined), output);
}

function isVirtual({ sql }: SchemaObject): boolean {
	return /^create\s+virtual\s/i.test(sql ?? "");
}
