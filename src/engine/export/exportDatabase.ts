import type { CheckedImage } from "../../core/sqlite/btree/databaseCheck";
import type { SchemaObject } from "../../protocol/engine";
import type { ExportFormat, ExportProgress, ExportRequest, ExportSource, ExportSummary } from "../../protocol/export";
import type { SnapshotDatabase } from "../snapshotDatabase";
import { SqlError } from "../sqlError";
import { CountedOutput } from "./countedOutput";
import { exportFileNames } from "./exportFileNames";
import type { ExportOutput } from "./exportOutput";
import { exportScript } from "./exportScript";
import { exportRows } from "./rowExport";
import { csvShape, jsonLinesShape, jsonShape, type RowShape } from "./rowShape";
import { startQuery } from "./startQuery";
import { type ExportContext, type NamedRows, tableRows } from "./tableRows";

export interface ExportOptions {
	/** Told of what the output has taken, about once for each megabyte. */
	readonly progress?: ((progress: ExportProgress) => void) | undefined;
	/** See `ExportContext`. */
	readonly salvage?: CheckedImage | undefined;
}

/**
 * Writes rows of a database as text. Throws `SqlError` where they cannot be read; what has been written by then is to be
 * thrown away.
 */
export async function exportDatabase(
	database: SnapshotDatabase,
	{ source, format }: ExportRequest,
	output: ExportOutput,
	{ progress = () => {}, salvage }: ExportOptions = {},
): Promise<ExportSummary> {
	const counted = new CountedOutput(output, progress);
	const context = { database, output: counted, salvage };
	if (format === "sql") await exportScript(context, source);
	else await exportPlain(context, source, format);
	await counted.end();
	return counted.summary;
}

type PlainFormat = Exclude<ExportFormat, "sql">;

const SHAPES: Readonly<Record<PlainFormat, (columns: readonly string[]) => RowShape>> = {
	csv: csvShape,
	json: jsonShape,
	jsonl: jsonLinesShape,
};

async function exportPlain(context: ExportContext, source: ExportSource, format: PlainFormat): Promise<void> {
	const { database, output } = context;
	const write = async (rows: NamedRows, file: string) => {
		await output.begin(file);
		await exportRows(rows, SHAPES[format](rows.columns), output);
	};
	if (source.kind === "query") return write(startQuery(database, source), `result.${format}`);
	if (source.kind === "object") return write(tableRows(context, source.name), `rows.${format}`);
	const objects = database.schema().filter((object) => isExported(object, source.views));
	const files = exportFileNames(
		objects.map(({ name }) => name),
		format,
	);
	for (const [position, object] of objects.entries()) {
		const rows = openUnlessView(context, object);
		if (rows !== undefined) await write(rows, files[position]!);
	}
}

/** What SQLite itself keeps is left out. */
function isExported({ kind, name }: SchemaObject, views: boolean): boolean {
	return (kind === "table" && !/^sqlite_/i.test(name)) || (kind === "view" && views);
}

/** A view that cannot be run, and a table whose module is missing, are left out with a word; they hold no rows of their own. */
function openUnlessView(context: ExportContext, { kind, name, unusable }: SchemaObject): NamedRows | undefined {
	try {
		return tableRows(context, name);
	} catch (error) {
		if (!(error instanceof SqlError) || (kind === "table" && unusable === undefined)) throw error;
		context.output.warn(`${kind} ${name} is left out: ${error.message}`);
		return undefined;
	}
}
