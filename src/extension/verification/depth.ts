import { readFile } from "node:fs/promises";
import type { VerifyOptions } from "../../core/verify/verifyStore";
import { checkIntegrity } from "../../engine/integrity";
import { loadSqlite } from "../../engine/sqlite";
import type { Depth } from "../../protocol/report";

/** What a depth asks of `verifyStore`. @param wasm Path of SQLite's WebAssembly. */
export async function optionsOf(depth: Depth, wasm: string): Promise<Pick<VerifyOptions, "database" | "checkSql">> {
	if (depth !== "full") return { database: depth !== "quick" };
	const sqlite = await loadSqlite(await readFile(wasm));
	return { checkSql: (image) => checkIntegrity(sqlite, image) };
}
