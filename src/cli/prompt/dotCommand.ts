import { RESULT_MODES, type ResultMode } from "../output/resultText";

/** What a line at the prompt that begins with a dot asks for. */
export type DotCommand =
	| { readonly name: "tables" | "help" | "quit" }
	/** Of everything where no name is given. */
	| { readonly name: "schema"; readonly of: string | undefined }
	/** Says which it is where none is given. */
	| { readonly name: "mode"; readonly mode: ResultMode | undefined };

export const DOT_COMMANDS = `.tables         the tables and views
.schema [name]  the statements that made everything, or a table or view with what belongs to it
.mode [mode]    how rows are written: ${RESULT_MODES.join(", ")}
.help           this text
.quit           ends; so does Ctrl+D
A statement goes on over lines until its semicolon. Ctrl+C cancels it while it runs.
`;

/** Throws an `Error` that says what is wrong with the line. */
export function parseDotCommand(line: string): DotCommand {
	const [, name = "", argument = ""] = /^\.(\S*)\s*(.*?)[\s;]*$/.exec(line) ?? [];
	switch (name) {
		case "tables":
		case "help":
		case "quit":
			return { name };
		case "exit":
			return { name: "quit" };
		case "schema":
			return { name, of: argument === "" ? undefined : unquoted(argument) };
		case "mode": {
			const mode = RESULT_MODES.find((known) => known === argument);
			if (mode === undefined && argument !== "")
				throw new Error(`There is no mode ${argument}; there are ${RESULT_MODES.join(", ")}.`);
			return { name, mode };
		}
		default:
			throw new Error(`There is no command .${name}; .help shows those there are.`);
	}
}

function unquoted(name: string): string {
	const [, inner] = /^"((?:[^"]|"")*)"$/.exec(name) ?? [];
	return inner === undefined ? name : inner.replaceAll('""', '"');
}
