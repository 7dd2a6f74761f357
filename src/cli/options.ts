import { type ParseArgsConfig, parseArgs } from "node:util";
import { EXIT, Failure, oneLine } from "./failure";

const OPTIONS = {
	help: { type: "boolean", short: "h" },
	version: { type: "boolean" },
	json: { type: "boolean" },
	store: { type: "string" },
	limit: { type: "string" },
	file: { type: "string" },
	csv: { type: "boolean" },
	jsonl: { type: "boolean" },
	param: { type: "string", multiple: true },
	table: { type: "string" },
	sql: { type: "string" },
	format: { type: "string" },
	views: { type: "boolean" },
	quick: { type: "boolean" },
	full: { type: "boolean" },
	snapshot: { type: "string" },
	output: { type: "string", short: "o" },
	force: { type: "boolean" },
	database: { type: "string" },
	wal: { type: "string" },
	index: { type: "string" },
	term: { type: "string" },
	retain: { type: "string" },
	"dry-run": { type: "boolean" },
	"allow-damaged": { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

type Option = keyof typeof OPTIONS;

/** Which options each command takes. One that means nothing to it is refused: who asks for a dry run gets that or nothing. */
const COMMANDS = {
	list: ["json", "store"],
	query: ["json", "csv", "jsonl", "file", "param", "limit", "allow-damaged", "store"],
	export: ["output", "table", "sql", "format", "views", "param", "force", "json", "allow-damaged", "store"],
	verify: ["quick", "full", "snapshot", "json", "store"],
	restore: ["output", "force", "json", "allow-damaged", "store"],
	create: ["database", "wal", "index", "term", "json", "store"],
	reap: ["retain", "dry-run", "json", "store"],
	recover: ["dry-run", "json", "store"],
} as const satisfies Readonly<Record<string, readonly Option[]>>;

export type Command = keyof typeof COMMANDS;

type Values = ReturnType<typeof parse>["values"];

/** What the command line asks for; no command where it asks for help or the version. */
export interface CommandLine {
	readonly command: Command | undefined;
	/** What stands behind the command, in order. */
	readonly operands: readonly string[];
	readonly values: Values;
}

/** Throws a `Failure` about what cannot be meant: no command, one that there is not, an option that it does not take. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
	const { positionals, values } = parse(argv);
	const [command, ...operands] = positionals;
	if (values.help || values.version) return { command: undefined, operands, values };
	if (command === undefined) throw new Failure(EXIT.usage, "Name a command. snapstore --help shows them.");
	if (!isCommand(command))
		throw new Failure(EXIT.usage, `There is no command ${command}. snapstore --help shows those there are.`);
	const taken: readonly string[] = COMMANDS[command];
	const foreign = Object.keys(values).find((option) => !taken.includes(option));
	if (foreign !== undefined)
		throw new Failure(EXIT.usage, `${command} takes no --${foreign}. snapstore --help shows what each command takes.`);
	return { command, operands, values };
}

function isCommand(name: string): name is Command {
	return Object.hasOwn(COMMANDS, name);
}

function parse(argv: readonly string[]) {
	// SQL may begin with a comment, "-- like this"; it comes last.
	const isSql = (argument: string) => /^-[^=]*\s/.test(argument);
	try {
		const { positionals, values } = parseArgs({
			args: argv.filter((argument) => !isSql(argument)),
			allowPositionals: true,
			options: OPTIONS,
		});
		return { positionals: [...positionals, ...argv.filter(isSql)], values };
	} catch (error) {
		// Node adds how to pass an argument that begins with a dash, some of it in further lines.
		const [reason] = oneLine(error).split(/\. To specify|\\u\{a\}/);
		throw new Failure(EXIT.usage, `${reason?.replace(/\.$/, "")}. snapstore --help shows the options there are.`);
	}
}
