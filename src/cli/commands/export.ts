import { extname } from "node:path";
import { visible } from "../../core/text";
import { liesIn } from "../../node/liesIn";
import {
	EXPORT_FORMATS,
	type ExportFormat,
	type ExportRequest,
	type ExportSource,
	type ExportSummary,
	isManyFiles,
} from "../../protocol/export";
import { encodeRow } from "../../protocol/rows";
import { noteSkipped } from "../../store/disk/noteSkipped";
import { putInPlace } from "../../store/disk/putInPlace";
import { EXIT, Failure, oneLine } from "../failure";
import { interruptible } from "../interruptible";
import { directoryOf, locateDatabase, nameOf } from "../open/opening";
import type { Output } from "../output/output";
import { rowProgress } from "../output/progress";
import { bound, checkUsed, parseParameters } from "../parameters";
import { checkDirectory, checkTarget } from "../target";
import { ThreadedDatabase } from "../thread/threadedDatabase";

export interface ExportOptions {
	readonly json: boolean;
	readonly store: string | undefined;
	readonly allowDamaged: boolean;
	readonly output: string;
	readonly force: boolean;
	readonly table: string | undefined;
	readonly sql: string | undefined;
	readonly views: boolean;
	readonly format: string | undefined;
	readonly parameters: readonly string[] | undefined;
}

/** `snapstore export`: writes a table, the rows of a query or every table to a file, or to a directory of files. */
export async function exportSnapshot(
	directory: string,
	id: string,
	options: ExportOptions,
	output: Output,
): Promise<void> {
	const request = requestOf(options);
	const located = await locateDatabase(directory, id, options.store);
	const readOnly = (path: string) =>
		liesIn(directoryOf(located), path)
			? `lies in the ${located.kind === "live" ? "node's data directory" : "store"}, which is only read`
			: undefined;
	const target = isManyFiles(request) ? checkDirectory(options.output, readOnly) : checkTarget(options, readOnly);
	const database = new ThreadedDatabase(
		{ located, allowDamaged: options.allowDamaged },
		{ write: async () => {}, exported: rowProgress("export") },
	);
	try {
		const opened = await database.open().catch((error: unknown) => {
			throw new Failure(EXIT.refused, oneLine(error));
		});
		for (const warning of opened) output.warn(warning);
		const summary = await interruptible(`Cancelled; ${visible(options.output)} was not written.`, (cancel) =>
			run(database, request, target, cancel).catch((error: unknown) => {
				throw error instanceof Failure ? error : new Failure(EXIT.refused, `${nameOf(located)}: ${oneLine(error)}`);
			}),
		);
		for (const warning of summary.warnings) output.warn(warning);
		await noteSkipped(target, summary.warnings);
		const { files, rows, bytes } = summary;
		const warnings = [...opened, ...summary.warnings];
		await output.write(
			options.json
				? `${JSON.stringify({ output: target, files, rows, bytes, warnings })}\n`
				: `${visible(target)}: ${rows} rows, ${bytes} bytes${isManyFiles(request) ? `, ${files} files` : ""}\n`,
		);
	} finally {
		await database.close();
	}
}

async function run(
	database: ThreadedDatabase,
	request: ExportRequest,
	target: string,
	cancel: AbortSignal,
): Promise<ExportSummary> {
	const end = () => void database.cancel();
	cancel.addEventListener("abort", end);
	try {
		return await putInPlace(target, (temporary) => database.export(request, temporary), { cancel });
	} catch (error) {
		cancel.throwIfAborted();
		throw error;
	} finally {
		cancel.removeEventListener("abort", end);
	}
}

function requestOf(options: ExportOptions): ExportRequest {
	const source = sourceOf(options);
	return { source, format: formatOf(options, source), salvage: options.allowDamaged };
}

function sourceOf({ table, sql, views, parameters: given }: ExportOptions): ExportSource {
	const parameters = parseParameters(given);
	if (table !== undefined && sql !== undefined) throw new Failure(EXIT.usage, "Name one of --table and --sql.");
	if (views && (table !== undefined || sql !== undefined))
		throw new Failure(EXIT.usage, "--views is for an export of every table.");
	checkUsed(sql === undefined ? [] : [sql], parameters);
	if (sql !== undefined) return { kind: "query", sql, parameters: encodeRow(bound(sql, parameters)) };
	return table === undefined ? { kind: "all", views } : { kind: "object", name: table };
}

function formatOf({ format, output }: ExportOptions, source: ExportSource): ExportFormat {
	const end = extname(output).slice(1).toLowerCase();
	const asked = format ?? (end === "ndjson" ? "jsonl" : end);
	const known = EXPORT_FORMATS.find((name) => name === asked);
	if (known !== undefined) return known;
	if (format === undefined && source.kind === "all") return "csv";
	throw new Failure(
		EXIT.usage,
		format === undefined
			? `What ${visible(output)} is to hold is not known by its name: say --format ${EXPORT_FORMATS.join(", ")}.`
			: `There is no format ${oneLine(format)}; there are ${EXPORT_FORMATS.join(", ")}.`,
	);
}
