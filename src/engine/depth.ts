import type { VerifyOptions } from "../core/verify/verifyStore";
import type { Depth } from "../protocol/report";
import { checkIntegrity, checkSchema } from "./integrity";
import { loadSqlite } from "./sqlite";

/** What a depth asks of `verifyStore`. @param wasm Reads SQLite's WebAssembly, where it is needed. */
export async function optionsOf(
	depth: Depth,
	wasm: () => Promise<BufferSource>,
): Promise<Pick<VerifyOptions, "database" | "checkSql">> {
	if (depth === "quick") return { database: false };
	const sqlite = await loadSqlite(await wasm());
	const check = depth === "full" ? checkIntegrity : checkSchema;
	return { checkSql: (image) => check(sqlite, image) };
}
