import { withDamagedPage } from "../../engine/damagedPage";
import { SnapshotDatabase } from "../../engine/snapshotDatabase";
import { SqlError } from "../../engine/sqlError";
import { EXIT, Failure, oneLine } from "../failure";
import { locateDatabase, nameOf, openLocated } from "../open/opening";
import type { OpenSnapshot } from "../open/openSnapshot";
import { startSqlite } from "../open/sqlite";
import type { Output } from "../output/output";
import { LimitedRows, type ResultMode, writeJsonMembers, writeRows } from "../output/resultText";
import { bound, checkUsed, type Parameters } from "../parameters";

export interface QueryOptions {
	readonly mode: ResultMode;
	readonly store: string | undefined;
	readonly allowDamaged: boolean;
	/** How many rows of each result at most; `undefined` for all. */
	readonly limit: number | undefined;
	readonly parameters: Parameters;
}

/** `snapstore query`: runs statements on a snapshot, one after the other, and writes their rows as they come. */
export async function query(
	directory: string,
	id: string,
	statements: readonly string[],
	options: QueryOptions,
	output: Output,
): Promise<void> {
	checkUsed(statements, options.parameters);
	const sqlite = startSqlite();
	sqlite.catch(() => {}); // it starts while files are read, and is awaited after that
	const located = await locateDatabase(directory, id, options.store);
	const snapshot = await openLocated(located, options);
	for (const warning of snapshot.warnings) output.warn(warning);
	let open: SnapshotDatabase | undefined;
	try {
		const database = new SnapshotDatabase(await sqlite, snapshot.image);
		open = database;
		const run = (sql: string) => new LimitedRows(database.query(sql, bound(sql, options.parameters)), options.limit);
		if (options.mode === "json") await writeJson(statements, run, snapshot, output);
		else {
			await writeText(statements, run, options.mode, output);
			await snapshot.confirm();
		}
		database.close();
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		await snapshot.confirm(); // pages of two states are no database
		const told = open ? withDamagedPage(error, open, snapshot.image) : error;
		throw new Failure(EXIT.refused, `${nameOf(located)}: ${oneLine(told)}`);
	} finally {
		snapshot.close();
	}
}

type Run = (sql: string) => LimitedRows;

async function writeText(
	statements: readonly string[],
	run: Run,
	mode: Exclude<ResultMode, "json">,
	output: Output,
): Promise<void> {
	const write = (text: string) => output.write(text);
	for (const [position, sql] of statements.entries()) {
		const rows = run(sql);
		if (position > 0 && mode !== "jsonl") await write("\n");
		await writeRows(rows, mode, write);
		if (rows.truncated) output.warn("There are more rows than --limit asked for.");
	}
}

/** One document: the result, or where there are several statements a list of them. */
async function writeJson(
	statements: readonly string[],
	run: Run,
	{ warnings, confirm }: Pick<OpenSnapshot, "warnings" | "confirm">,
	output: Output,
): Promise<void> {
	const write = (text: string) => output.write(text);
	const isOne = statements.length === 1;
	await write(isOne ? "{" : '{"results":[');
	for (const [position, sql] of statements.entries()) {
		const rows = run(sql);
		if (!isOne) await write(position === 0 ? "{" : ",{");
		await writeJsonMembers(rows, write);
		if (!isOne) await write("}");
	}
	await confirm();
	await write(`${isOne ? "" : "]"},"warnings":${JSON.stringify(warnings)}}\n`);
}
