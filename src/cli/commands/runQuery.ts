import type { Output } from "../output/output";
import { type Parameters, parseParameters } from "../parameters";
import { statementsInFile, statementsInInput } from "../sqlSource";
import { type QueryOptions, query } from "./query";

/** Where the SQL of `snapstore query` is: given, or in a file, or for neither typed or in standard input. */
export interface SqlSource {
	readonly sql: string | undefined;
	readonly file: string | undefined;
}

export type GivenOptions = Omit<QueryOptions, "parameters"> & { readonly parameters: readonly string[] | undefined };

/** `snapstore query`, whatever the SQL comes from. */
export async function runQuery(
	directory: string,
	id: string,
	{ sql, file }: SqlSource,
	given: GivenOptions,
	output: Output,
): Promise<void> {
	const parameters: Parameters = parseParameters(given.parameters);
	const options = { ...given, parameters };
	if (sql !== undefined) return query(directory, id, [sql], options, output);
	if (file !== undefined) return query(directory, id, await statementsInFile(file), options, output);
	if (process.stdin.isTTY) {
		const { runPrompt } = await import("../prompt/runPrompt");
		return runPrompt(directory, id, options);
	}
	return query(directory, id, await statementsInInput(process.stdin), options, output);
}
