import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadSqlite, type Sqlite } from "../../engine/sqlite";
import { postponeOptimizing } from "./postponeOptimizing";

/** Starts SQLite, from the file beside the program. */
export async function startSqlite(): Promise<Sqlite> {
	postponeOptimizing();
	return loadSqlite(await readFile(join(__dirname, "sql-wasm.wasm")));
}
