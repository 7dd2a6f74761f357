import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { findSnapshot, readStore } from "../../src/core/snapshot/catalog";
import { chainOf } from "../../src/core/snapshot/chain";
import { openImage } from "../../src/core/snapshot/openImage";
import { SnapshotDatabase } from "../../src/engine/snapshotDatabase";
import { loadSqlite } from "../../src/engine/sqlite";
import { LogIndex } from "../../src/node/logIndex";
import { nodeFiles } from "../../src/node/nodeFiles";
import { openChain } from "../../src/node/openChain";

const LOOKUPS = 2000;
const SCAN = "select count(*), sum(length(payload)) from events";
const LOOKUP = "select length(payload) from events where id = ?";

/** One engine over one database: the first row of a statement, as numbers. */
type Ask = (sql: string, ...values: number[]) => readonly number[];

/** The newest snapshot of a store, where it lies. `directory` is that of the log index, or empty. */
async function snapshot(store: string, wasm: string, directory: string) {
	const listed = await readStore(nodeFiles(store));
	const files = await openChain(store, chainOf(listed, findSnapshot(listed, "latest")!));
	const sqlite = await loadSqlite(readFileSync(wasm));
	const begun = performance.now();
	const { image, report } = openImage(files, "latest", { known: directory ? new LogIndex(directory) : undefined });
	const database = new SnapshotDatabase(sqlite, image!);
	const seconds = (performance.now() - begun) / 1000;
	const ask: Ask = (sql, ...values) => {
		const cursor = database.query(sql, values.map(BigInt));
		const row = (cursor.next() ?? []).map(Number);
		cursor.close();
		return row;
	};
	return { ask, opened: { seconds, answer: report.pageCount } };
}

/** sql.js as its documentation has it: over all bytes of a file. */
async function sqlJs(path: string, wasm: string): Promise<Ask> {
	const { api } = await loadSqlite(readFileSync(wasm));
	const database = new api.Database(readFileSync(path)) as unknown as {
		prepare(sql: string): { bind(values: number[]): void; step(): boolean; get(): number[]; reset(): void };
	};
	return prepared((sql) => {
		const statement = database.prepare(sql);
		return (values) => {
			statement.bind(values);
			statement.step();
			const row = statement.get();
			statement.reset();
			return row;
		};
	});
}

function betterSqlite(path: string, directory: string): Ask {
	const Database = createRequire(join(directory, "package.json"))("better-sqlite3");
	const database = new Database(path, { readonly: true });
	return prepared((sql) => {
		const statement = database.prepare(sql).raw();
		return (values) => statement.get(...values);
	});
}

function prepared(prepare: (sql: string) => (values: number[]) => readonly number[]): Ask {
	const statements = new Map<string, (values: number[]) => readonly number[]>();
	return (sql, ...values) => {
		const statement = statements.get(sql) ?? prepare(sql);
		statements.set(sql, statement);
		return statement(values);
	};
}

function scan(ask: Ask): readonly number[] {
	return ask(SCAN);
}

function lookUp(ask: Ask): number {
	let sum = 0;
	for (let n = 0; n < LOOKUPS; n++) sum += ask(LOOKUP, 1 + ((n * 7919) % 900_000))[0]!;
	return sum;
}

/** Prints how long a piece of work takes when it is done for the second time, and what it comes to. */
async function main([engine, work, path, wasm, extra = ""]: readonly string[]): Promise<void> {
	if (!path || !wasm) throw new Error("usage: askDatabase <engine> <work> <path> <wasm> [<directory>]");
	const opened = engine === "snapshot" ? await snapshot(path, wasm, extra) : undefined;
	if (opened && work === "open") return print(opened.opened);
	const ask = opened?.ask ?? (engine === "sqljs" ? await sqlJs(path, wasm) : betterSqlite(path, extra));
	const run = work === "scan" ? scan : lookUp;
	run(ask);
	const begun = performance.now();
	const answer = run(ask);
	print({ seconds: (performance.now() - begun) / 1000, answer });
}

function print(result: { readonly seconds: number; readonly answer: unknown }): void {
	process.stdout.write(JSON.stringify(result));
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
