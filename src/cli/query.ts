import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LIVE_ID } from "../core/dataDirectory/liveDatabase";
import { jsonValue } from "../core/format/jsonValue";
import { visible } from "../core/text";
import type { Cursor } from "../engine/cursor";
import { withDamagedPage } from "../engine/damagedPage";
import { SnapshotDatabase } from "../engine/snapshotDatabase";
import { SqlError } from "../engine/sqlError";
import { loadSqlite, type Sqlite } from "../engine/sqlite";
import type { SqlValue } from "../protocol/values";
import { Failure, oneLine } from "./failure";
import { locateSnapshot, locateStore } from "./locate";
import { locateLive } from "./locateLive";
import { openLive } from "./openLive";
import { type OpenSnapshot, openSnapshot } from "./openSnapshot";
import type { Output } from "./output";
import { postponeOptimizing } from "./postponeOptimizing";
import { columnWidths, renderRow } from "./table";
import { valueText } from "./values";

export interface QueryOptions {
	readonly json: boolean;
	readonly store: string | undefined;
	readonly allowDamaged: boolean;
	/** How many rows at most; `undefined` for all. */
	readonly limit: number | undefined;
}

/** Columns of rows for people get the width that the first rows need. */
const ROWS_MEASURED = 200;

const PIECE_LENGTH = 1 << 20;

/** `snapstore query`: runs one statement on a snapshot and writes its rows as they come. */
export async function query(
	directory: string,
	id: string,
	sql: string,
	options: QueryOptions,
	output: Output,
): Promise<void> {
	const sqlite = startSqlite();
	sqlite.catch(() => {}); // it starts while files are read, and is awaited after that
	const { name, image, warnings, confirm, close } = await open(directory, id, options);
	for (const warning of warnings) output.warn(warning);
	let database: SnapshotDatabase | undefined;
	try {
		database = new SnapshotDatabase(await sqlite, image);
		const cursor = database.query(sql);
		const rows = limited(cursor, options.limit);
		if (options.json) await writeJson(cursor.columns, rows, { warnings, confirm }, output);
		else {
			await writeText(cursor.columns, rows, output);
			await confirm();
		}
		cursor.close();
		database.close();
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		await confirm(); // pages of two states are no database
		throw new Failure(1, `${name}: ${oneLine(database ? withDamagedPage(error, database, image) : error)}`);
	} finally {
		close();
	}
}

async function open(
	directory: string,
	id: string,
	options: QueryOptions,
): Promise<OpenSnapshot & { readonly name: string }> {
	if (id === LIVE_ID) return { name: "live database", ...(await openLive(await locateLive(directory, options.store))) };
	const located = await locateStore(directory, options.store);
	const snapshot = locateSnapshot(located, id);
	return { name: `snapshot ${snapshot.id}`, ...(await openSnapshot(located, snapshot, options)) };
}

async function startSqlite(): Promise<Sqlite> {
	postponeOptimizing();
	return loadSqlite(await readFile(join(__dirname, "sql-wasm.wasm")));
}

interface Rows {
	next(): readonly SqlValue[] | undefined;
	/** Whether there were more rows than asked for; known at the end. */
	readonly truncated: boolean;
}

function limited(cursor: Cursor, limit = Number.POSITIVE_INFINITY): Rows {
	let count = 0;
	let truncated = false;
	return {
		next() {
			const row = cursor.next();
			truncated = row !== undefined && count++ >= limit;
			return truncated ? undefined : row;
		},
		get truncated() {
			return truncated;
		},
	};
}

async function writeJson(
	columns: readonly string[],
	rows: Rows,
	{ warnings, confirm }: Pick<OpenSnapshot, "warnings" | "confirm">,
	output: Output,
): Promise<void> {
	await output.write(`{"columns":${JSON.stringify(columns)},"rows":[`);
	let separator = "";
	for (let row = rows.next(); row; row = rows.next()) {
		await writeRowJson(row, separator, output);
		separator = ",";
	}
	await confirm();
	await output.write(`],"truncated":${rows.truncated},"warnings":${JSON.stringify(warnings)}}\n`);
}

/** A row can be longer than a string can be: it is written in pieces of a few values. */
async function writeRowJson(row: readonly SqlValue[], separator: string, output: Output): Promise<void> {
	let text = `${separator}[`;
	for (const [column, value] of row.entries()) {
		if (text.length > PIECE_LENGTH) {
			await output.write(text);
			text = "";
		}
		text += column === 0 ? jsonValue(value) : `,${jsonValue(value)}`;
	}
	await output.write(`${text}]`);
}

async function writeText(columns: readonly string[], rows: Rows, output: Output): Promise<void> {
	if (columns.length === 0) return;
	const measured: (readonly string[])[] = [columns.map(visible)];
	const right = new Set(columns.keys());
	let row = rows.next();
	for (; row && measured.length <= ROWS_MEASURED; row = rows.next()) {
		for (const [column, value] of row.entries()) {
			if (typeof value !== "bigint" && typeof value !== "number") right.delete(column);
		}
		measured.push(row.map(valueText));
	}
	const layout = { widths: columnWidths(measured), right };
	for (const cells of measured) await output.write(`${renderRow(cells, layout)}\n`);
	for (; row; row = rows.next()) await output.write(`${renderRow(row.map(valueText), layout)}\n`);
	if (rows.truncated) output.warn("There are more rows than --limit asked for.");
}
