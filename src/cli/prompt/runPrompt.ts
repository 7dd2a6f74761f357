import { once } from "node:events";
import { oneLine } from "../failure";
import { locateDatabase, nameOf } from "../open/opening";
import type { ResultMode } from "../output/resultText";
import type { Parameters } from "../parameters";
import { ThreadedDatabase } from "../thread/threadedDatabase";
import { historyFile, readHistory, writeHistory } from "./history";
import { Prompt } from "./prompt";

export interface RunPromptOptions {
	readonly mode: ResultMode;
	readonly store: string | undefined;
	readonly allowDamaged: boolean;
	readonly parameters: Parameters;
}

/** A prompt at this process's terminal. Throws `Failure` when the snapshot cannot be opened. */
export async function runPrompt(directory: string, id: string, options: RunPromptOptions): Promise<void> {
	const { stdin, stdout, stderr } = process;
	const located = await locateDatabase(directory, id, options.store);
	const tell = (message: string) => stderr.write(`snapstore: ${oneLine(message)}\n`);
	const database = new ThreadedDatabase(
		{ located, allowDamaged: options.allowDamaged },
		{
			async write(text) {
				if (!stdout.write(text)) await once(stdout, "drain");
			},
			exported() {},
		},
	);
	for (const warning of await database.open()) tell(warning);
	stdout.write(`${nameOf(located)}, read-only. .help explains.\n`);

	const file = historyFile();
	const history = readHistory(file);
	let kept: readonly string[] = history;
	await new Prompt(database, {
		input: stdin,
		output: stdout,
		error: stderr,
		history,
		mode: options.mode,
		parameters: options.parameters,
		keepHistory: (lines) => {
			kept = [...lines];
		},
	}).run();
	const reason = writeHistory(file, kept);
	if (reason !== undefined) tell(`What was typed is not kept: ${reason}`);
}
