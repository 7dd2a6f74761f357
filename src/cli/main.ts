import { parseArgs } from "node:util";
import { parseUint64 } from "../core/uint64";
import { EXIT, Failure, oneLine } from "./failure";
import { Output } from "./output/output";
import type { ResultMode } from "./output/resultText";

const USAGE = `snapstore: look into snapshot stores, and keep them

usage: snapstore list <dir> [--json]
       snapstore query <dir> <snapshot> [<sql> | --file <sql file>] [--json | --csv | --jsonl]
                       [--param <name>=<value>]… [--limit <n>] [--allow-damaged] [--store <path>]
       snapstore export <dir> <snapshot> --output <file or directory> [--table <name> | --sql <sql>]
                        [--format csv|json|jsonl|sql] [--views] [--param <name>=<value>]… [--force]
                        [--json] [--allow-damaged] [--store <path>]
       snapstore verify <dir> [--quick | --full] [--snapshot <id>] [--json] [--store <path>]
       snapstore restore <dir> <snapshot> --output <file> [--force] [--json] [--allow-damaged]
                         [--store <path>]
       snapstore restore <stream file> --output <file> [--force] [--json] [--allow-damaged]
       snapstore create <dir> --database <file> --index <n> --term <n> [--json] [--store <path>]
       snapstore create <dir> --wal <file> --index <n> --term <n> [--json] [--store <path>]
       snapstore reap <dir> [--retain <n>] [--dry-run] [--json] [--store <path>]
       snapstore recover <dir> [--dry-run] [--json] [--store <path>]

<dir>       a snapshot store, or a directory above one or more of them
<snapshot>  the id of a snapshot, or latest; for query and restore also live, the database that the
            node in whose data directory the store lies answers from
<stream file>
            a snapshot as one node sends it to another, of a store with generations or of rqlite 10
<sql>       one statement. Without it and --file: a prompt, or where standard input is no terminal
            the statements that it holds
--file      a file of statements, which run one after the other
--csv       rows as CSV: NULL is an empty field, an empty text ""; --jsonl: a JSON object for each
--param     the value of a parameter of the statements, by its name or number; as SQL writes it: 12,
            1.5, null, 'text', x'00ff'. Anything else is the text that it is
--table     one table or view; --sql: the rows of a query. Without either: every table, as sql in one
            file that makes the database again, else each as a file in a directory
--format    what the file's name ends with, when not given; of a directory csv
--views     the rows of views too, where every table is exported
--store     which store, by its path below <dir>, where there are several
--json      one JSON document on standard output
--allow-damaged
            goes as far as the last sound commit of a damaged snapshot, and says what is missing
--quick     without the databases; --full: SQLite's integrity_check and foreign_key_check besides
--snapshot  one snapshot alone, with what its state depends on
--database  a SQLite database, with the WAL beside it, for a full snapshot
--wal       a SQLite WAL, for an incremental snapshot that follows the newest one
--retain    how many of the newest snapshots stay, 2 or more; 2 when not given
--dry-run   say what would be done, and do nothing

Exit status: 0 done; 1 the store or the snapshot is the reason; 2 wrong usage, or nothing there.
`;

async function main(argv: readonly string[], output: Output): Promise<void> {
	const { positionals, values } = parse(argv);
	const [command, ...rest] = positionals;
	if (values.help || command === undefined) {
		if (!values.help) throw new Failure(EXIT.usage, "Name a command. snapstore --help shows them.");
		return output.write(USAGE);
	}
	const { json = false, store } = values;
	const allowDamaged = values["allow-damaged"] ?? false;
	// Each command is loaded with what it needs, and the others are not.
	switch (command) {
		case "list": {
			const { list } = await import("./commands/list");
			const [directory] = operands(rest, ["dir"]);
			return output.write(await list(directory!, { json }));
		}
		case "query": {
			const { runQuery } = await import("./commands/runQuery");
			const { file } = values;
			const limit = wholeNumber("limit", values.limit);
			const isGiven = file === undefined && rest.length !== 2;
			const [directory, snapshot, sql] = operands(rest, isGiven ? ["dir", "snapshot", "sql"] : ["dir", "snapshot"]);
			const options = { mode: resultMode(values), store, limit, allowDamaged, parameters: values.param };
			return runQuery(directory!, snapshot!, { sql, file }, options, output);
		}
		case "export": {
			const { exportSnapshot } = await import("./commands/export");
			if (values.output === undefined)
				throw new Failure(EXIT.usage, "Name the file or directory to write with --output.");
			const [directory, snapshot] = operands(rest, ["dir", "snapshot"]);
			const { output: target, table, sql, format, views = false, force = false, param } = values;
			const options = {
				json,
				store,
				allowDamaged,
				output: target,
				table,
				sql,
				format,
				views,
				force,
				parameters: param,
			};
			return exportSnapshot(directory!, snapshot!, options, output);
		}
		case "restore": {
			const { restoreSnapshot, restoreStream } = await import("./commands/restore");
			if (values.output === undefined) throw new Failure(EXIT.usage, "Name the file to write with --output.");
			const options = { json, output: values.output, force: values.force ?? false, allowDamaged };
			if (rest.length === 1 && store === undefined) return restoreStream(rest[0]!, options, output);
			const [directory, snapshot] = operands(rest, ["dir", "snapshot"]);
			return restoreSnapshot(directory!, snapshot!, { ...options, store }, output);
		}
		case "verify": {
			const { verify } = await import("./commands/verify");
			const [directory] = operands(rest, ["dir"]);
			if (values.quick && values.full) throw new Failure(EXIT.usage, "Name one of --quick and --full.");
			const depth = values.quick ? "quick" : values.full ? "full" : "usual";
			process.exitCode = await verify(directory!, { json, store, depth, snapshot: values.snapshot }, output);
			return;
		}
		case "create": {
			const { create } = await import("./commands/create");
			const [directory] = operands(rest, ["dir"]);
			if (values["dry-run"])
				throw new Failure(EXIT.usage, "create has no --dry-run: it either adds a snapshot or refuses.");
			return create(
				directory!,
				{
					json,
					store,
					from: sourceFile(values),
					index: uint64("index", values.index),
					term: uint64("term", values.term),
				},
				output,
			);
		}
		case "reap": {
			const { reap } = await import("./commands/reap");
			const [directory] = operands(rest, ["dir"]);
			const retain = wholeNumber("retain", values.retain);
			return reap(directory!, { json, store, retain, dryRun: values["dry-run"] ?? false }, output);
		}
		case "recover": {
			const { recover } = await import("./commands/recover");
			const [directory] = operands(rest, ["dir"]);
			return recover(directory!, { json, store, dryRun: values["dry-run"] ?? false }, output);
		}
		default:
			throw new Failure(EXIT.usage, `There is no command ${command}. snapstore --help shows those there are.`);
	}
}

function parse(argv: readonly string[]) {
	// SQL may begin with a comment, "-- like this"; it comes last.
	const isSql = (argument: string) => /^-[^=]*\s/.test(argument);
	try {
		const { positionals, values } = parseArgs({
			args: argv.filter((argument) => !isSql(argument)),
			allowPositionals: true,
			options: {
				help: { type: "boolean", short: "h" },
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
			},
		});
		return { positionals: [...positionals, ...argv.filter(isSql)], values };
	} catch (error) {
		// Node adds how to pass an argument that begins with a dash, some of it in further lines.
		const [reason] = oneLine(error).split(/\. To specify|\\u\{a\}/);
		throw new Failure(EXIT.usage, `${reason?.replace(/\.$/, "")}. snapstore --help shows the options there are.`);
	}
}

function operands(given: readonly string[], names: readonly string[]): readonly string[] {
	// An empty name would be the current directory, where a variable of a script was meant.
	if (given[0] === "") throw new Failure(EXIT.usage, `<${names[0]}> is empty. snapstore --help explains.`);
	if (given.length === names.length) return given;
	throw new Failure(
		EXIT.usage,
		`Expected ${names.map((name) => `<${name}>`).join(" ")}, ${names.length} in all, not ${given.length}. snapstore --help explains.`,
	);
}

/** The one way in which rows are to be written. */
function resultMode(values: { readonly [mode in "json" | "csv" | "jsonl"]?: boolean | undefined }): ResultMode {
	const asked = (["json", "csv", "jsonl"] as const).filter((mode) => values[mode]);
	if (asked.length > 1) throw new Failure(EXIT.usage, `Name one of ${asked.map((mode) => `--${mode}`).join(" and ")}.`);
	return asked[0] ?? "table";
}

function sourceFile({ database, wal }: { readonly database?: string | undefined; readonly wal?: string | undefined }) {
	if (database !== undefined && wal === undefined) return { kind: "database", file: database } as const;
	if (wal !== undefined && database === undefined) return { kind: "wal", file: wal } as const;
	throw new Failure(EXIT.usage, "Name one file: --database for a full snapshot, --wal for an incremental one.");
}

function uint64(option: string, text: string | undefined): bigint {
	if (text === undefined) throw new Failure(EXIT.usage, `Give the snapshot's ${option} with --${option}.`);
	const number = parseUint64(text);
	if (number !== undefined) return number;
	throw new Failure(EXIT.usage, `--${option} takes a whole number from 0 to 2^64-1, not ${oneLine(text)}.`);
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (/^\d{1,15}$/.test(text)) return Number(text);
	throw new Failure(EXIT.usage, `--${option} takes a whole number, not ${oneLine(text)}.`);
}

// A reader that has seen enough closes the pipe: nothing is wrong then.
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
	process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.refused),
);

const output = new Output();
main(process.argv.slice(2), output)
	.then(() => output.release())
	.catch((error: unknown) => {
		process.stderr.write(`snapstore: ${oneLine(error)}\n`);
		process.exitCode = error instanceof Failure ? error.status : EXIT.refused;
	});
