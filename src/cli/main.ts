import { parseUint64 } from "../core/uint64";
import { EXIT, Failure, oneLine } from "./failure";
import { parseCommandLine } from "./options";
import { Output } from "./output/output";
import type { ResultMode } from "./output/resultText";
import { USAGE } from "./usage";
import { versionText } from "./version";

async function main(argv: readonly string[], output: Output): Promise<void> {
	const { command, operands: rest, values } = parseCommandLine(argv);
	if (command === undefined) return output.write(values.help ? USAGE : await versionText());
	const { json = false, store } = values;
	const allowDamaged = values["allow-damaged"] ?? false;
	// Each command is loaded with what it needs, and the others are not.
	switch (command) {
		case "list": {
			const { list } = await import("./commands/list");
			const [directory] = operands(rest, ["dir"]);
			return output.write(await list(directory!, { json, store }));
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
			return command satisfies never;
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
