import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import type { SchemaObject } from "../../protocol/engine";
import type { ExportFormat, ExportProgress, ExportRequest, ExportSource, ExportSummary } from "../../protocol/export";
import type { Cursor } from "../cursor";
import type { SnapshotDatabase } from "../snapshotDatabase";
import { SqlError } from "../sqlError";
import { CountedOutput } from "./countedOutput";
import { exportFileNames } from "./exportFileNames";
import type { ExportOutput } from "./exportOutput";
import { exportScript } from "./exportScript";
import { exportRows } from "./rowExport";
import { csvShape, jsonLinesShape, jsonShape, type RowShape } from "./rowShape";
import { startQuery } from "./startQuery";

/**
 * Writes rows of a database as text. Throws `SqlError` where they cannot be read; what has been written by then is to be
 * thrown away.
 *
 * @param progress Told of what the output has taken, about once for each megabyte.
 */
export async function exportDatabase(
	database: SnapshotDatabase,
	{ source, format }: ExportRequest,
	output: ExportOutput,
	progress: (progress: ExportProgress) => void = () => {},
): Promise<ExportSummary> {
	const counted = new CountedOutput(output, progress);
	if (format === "sql") await exportScript(database, source, counted);
	else await exportPlain(database, source, format, counted);
	await counted.end();
	return counted.summary;
}

type PlainFormat = Exclude<ExportFormat, "sql">;

const SHAPES: Readonly<Record<PlainFormat, (columns: readonly string[]) => RowShape>> = {
	csv: csvShape,
	json: jsonShape,
	jsonl: jsonLinesShape,
};

async function exportPlain(
	database: SnapshotDatabase,
	source: ExportSource,
	format: PlainFormat,
	output: CountedOutput,
): Promise<void> {
	const write = async (rows: Cursor, file: string) => {
		await output.begin(file);
		await exportRows(rows, SHAPES[format](rows.columns), output);
	};
	if (source.kind === "query") return write(startQuery(database, source), `result.${format}`);
	if (source.kind === "object") return write(database.query(selectAll(source.name)), `rows.${format}`);
	const objects = database.schema().filter((object) => isExported(object, source.views));
	const files = exportFileNames(
		objects.map(({ name }) => name),
		format,
	);
	for (const [position, object] of objects.entries()) {
		const rows = openUnlessView(database, object, output);
		if (rows !== undefined) await write(rows, files[position]!);
	}
}

/** What SQLite itself keeps is left out. */
function isExported({ kind, name }: SchemaObject, views: boolean): boolean {
	return (kind === "table" && !/^sqlite_/i.test(name)) || (kind === "view" && views);
}

/** A view that cannot be run, and a table whose module is missing, are left out with a word; they hold no rows of their own. */
function openUnlessView(database: SnapshotDatabase, object: SchemaObject, output: CountedOutput): Cursor | undefined {
	try {
		return database.query(selectAll(object.name));
	} catch (error) {
		if (!(error instanceof SqlError) || (object.kind === "table" && object.unusable === undefined)) throw error;
		output.warn(`${object.kind} ${object.name} is left out: ${error.message}`);
		return undefined;
	}
}

function selectAll(name: string): string {
	return `SELECT * FROM ${quoteIdentifier(name)}`;
}
