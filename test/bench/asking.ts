import { join } from "node:path";
import { projectRoot } from "../support/projectRoot";
import type { Contender } from "./contender";

/** `askDatabase` at one piece of work, which measures itself. */
export function asking(
	name: string,
	...args: readonly [engine: string, work: string, path: string, extra?: string]
): Contender {
	const [engine, work, path, extra = ""] = args;
	const program = join(projectRoot, ".cache/tools/askDatabase.cjs");
	return {
		name,
		command: [process.execPath, program, engine, work, path, join(projectRoot, "dist/sql-wasm.wasm"), extra],
		seconds: (stdout) => JSON.parse(stdout).seconds,
		answer: (stdout) => JSON.parse(stdout).answer,
	};
}
