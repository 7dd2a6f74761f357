import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { sqlStatements } from "../../core/sqlite/sqlStatements";
import { sqlTokens } from "../../core/sqlite/sqlTokens";
import { visible } from "../../core/text";
import type { SchemaObject } from "../../protocol/engine";
import { oneLine } from "../failure";
import type { ResultMode } from "../output/resultText";
import { bound, type Parameters } from "../parameters";
import type { ThreadedDatabase } from "../thread/threadedDatabase";
import { DOT_COMMANDS, parseDotCommand } from "./dotCommand";

const FIRST = "snapstore> ";
const FURTHER = "      ...> ";

/** What a prompt asks of a database. */
export type PromptDatabase = Pick<ThreadedDatabase, "run" | "schema" | "cancel" | "close">;

export interface PromptOptions {
	readonly input: Readable;
	readonly output: Writable;
	/** Where messages go. */
	readonly error: Writable;
	readonly mode: ResultMode;
	readonly parameters: Parameters;
	/** What was typed before, newest first. */
	readonly history: readonly string[];
	/** Told of it when a line has been added. */
	readonly keepHistory: (history: readonly string[]) => void;
}

/** A prompt at a terminal: statements over one or more lines, and commands that begin with a dot, until its end. */
export class Prompt {
	readonly #options: PromptOptions;
	readonly #database: PromptDatabase;
	readonly #lines: Interface;
	/** Lines that were typed while others were at work. */
	readonly #waiting: string[] = [];
	#text = "";
	#mode: ResultMode;
	#isAtWork = false;
	#isCancelled = false;
	#isClosed = false;
	#work: Promise<void> = Promise.resolve();

	constructor(database: PromptDatabase, options: PromptOptions) {
		this.#database = database;
		this.#options = options;
		this.#mode = options.mode;
		this.#lines = createInterface({
			input: options.input,
			output: options.output,
			terminal: true,
			history: [...options.history],
			historySize: 1000,
			removeHistoryDuplicates: true,
			prompt: FIRST,
		});
	}

	/** Resolves at the end: of the input, or when somebody says so. */
	async run(): Promise<void> {
		const lines = this.#lines;
		const ended = new Promise<void>((resolve) => lines.once("close", resolve));
		lines.on("history", (history: readonly string[]) => this.#options.keepHistory(history));
		lines.on("SIGINT", () => this.#interrupt());
		lines.on("line", (line) => {
			this.#waiting.push(line);
			if (!this.#isAtWork) this.#work = this.#takeAll();
		});
		lines.prompt();
		await ended;
		this.#isClosed = true;
		await this.#work; // what was typed before the end is still wanted
		await this.#database.close();
	}

	#interrupt(): void {
		if (this.#isAtWork) {
			this.#isCancelled = true;
			this.#waiting.length = 0;
			void this.#database.cancel();
			return;
		}
		this.#text = "";
		// What stands in the line goes too.
		this.#lines.write(null, { ctrl: true, name: "e" });
		this.#lines.write(null, { ctrl: true, name: "u" });
		this.#options.output.write("\n");
		this.#lines.setPrompt(FIRST);
		this.#lines.prompt();
	}

	async #takeAll(): Promise<void> {
		this.#isAtWork = true;
		for (let line = this.#waiting.shift(); line !== undefined; line = this.#waiting.shift()) {
			await this.#take(line).catch((error: unknown) => this.#tell(this.#isCancelled ? "Cancelled." : oneLine(error)));
			this.#isCancelled = false;
		}
		this.#isAtWork = false;
		if (this.#isClosed) return;
		this.#lines.setPrompt(this.#text === "" ? FIRST : FURTHER);
		this.#lines.prompt();
	}

	async #take(line: string): Promise<void> {
		if (this.#text === "" && line.startsWith(".")) return this.#command(line);
		this.#text += `${line}\n`;
		if (!isEnded(this.#text)) {
			if (sqlStatements(this.#text).length === 0) this.#text = "";
			return;
		}
		const statements = sqlStatements(this.#text);
		this.#text = "";
		for (const { text } of statements) {
			await this.#database.run(text, bound(text, this.#options.parameters), this.#mode);
			// A cancellation that comes as it ends is for what follows it.
			if (this.#isCancelled) throw new Error();
		}
	}

	async #command(line: string): Promise<void> {
		const command = parseDotCommand(line);
		switch (command.name) {
			case "help":
				return this.#write(DOT_COMMANDS);
			case "quit":
				this.#waiting.length = 0;
				this.#isClosed = true;
				return this.#lines.close();
			case "mode":
				this.#mode = command.mode ?? this.#mode;
				return this.#write(`${this.#mode}\n`);
			case "tables": {
				const named = (await this.#database.schema()).filter(({ kind }) => kind === "table" || kind === "view");
				return this.#write(
					named.map(({ kind, name }) => `${visible(name)}${kind === "view" ? " (view)" : ""}\n`).join(""),
				);
			}
			case "schema":
				return this.#write(definitions(await this.#database.schema(), command.of));
			default:
				return command satisfies never;
		}
	}

	#write(text: string): void {
		this.#options.output.write(text);
	}

	#tell(message: string): void {
		this.#options.error.write(`snapstore: ${message}\n`);
	}
}

function definitions(schema: readonly SchemaObject[], name: string | undefined): string {
	const wanted = name?.toLowerCase();
	const found = schema.filter(
		({ name, table, sql }) =>
			sql !== undefined && (wanted === undefined || name.toLowerCase() === wanted || table.toLowerCase() === wanted),
	);
	if (found.length === 0 && name !== undefined) throw new Error(`There is no ${name}; .tables shows what there is.`);
	return found.map(({ sql = "" }) => `${sql.replace(/[^\n\t]+/g, visible)};\n`).join("");
}

/** Whether a semicolon ends the last statement. */
function isEnded(text: string): boolean {
	return [...sqlTokens(text)].findLast(({ kind }) => kind !== "blank")?.kind === "semicolon";
}
