import { parseArgs } from "node:util";
import { EXIT, Failure, oneLine } from "./failure";
import { list } from "./list";
import { Output } from "./output";
import { query } from "./query";
import { restore } from "./restore";

const USAGE = `snapstore: look into snapshot stores

usage: snapstore list <dir> [--json]
       snapstore query <dir> <snapshot> <sql> [--json] [--limit <n>] [--store <path>]
       snapstore restore <dir> <snapshot> --output <file> [--force] [--json] [--store <path>]

<dir>       a snapshot store, or a directory above one or more of them
<snapshot>  the id of a snapshot, or latest
--store     which store, by its path below <dir>, where there are several
--json      one JSON document on standard output

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
	switch (command) {
		case "list": {
			const [directory] = operands(rest, ["dir"]);
			return output.write(await list(directory!, { json }));
		}
		case "query": {
			const [directory, snapshot, sql] = operands(rest, ["dir", "snapshot", "sql"]);
			return query(directory!, snapshot!, sql!, { json, store, limit: wholeNumber(values.limit) }, output);
		}
		case "restore": {
			const [directory, snapshot] = operands(rest, ["dir", "snapshot"]);
			if (values.output === undefined) throw new Failure(EXIT.usage, "Name the file to write with --output.");
			return restore(
				directory!,
				snapshot!,
				{ json, store, output: values.output, force: values.force ?? false },
				output,
			);
		}
		default:
			throw new Failure(EXIT.usage, `There is no command ${command}. snapstore --help shows those there are.`);
	}
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				help: { type: "boolean", short: "h" },
				json: { type: "boolean" },
				store: { type: "string" },
				limit: { type: "string" },
				output: { type: "string", short: "o" },
				force: { type: "boolean" },
			},
		});
	} catch (error) {
		throw new Failure(EXIT.usage, oneLine(error));
	}
}

function operands(given: readonly string[], names: readonly string[]): readonly string[] {
	if (given.length === names.length) return given;
	throw new Failure(
		EXIT.usage,
		`Expected ${names.map((name) => `<${name}>`).join(" ")}; there are ${given.length} of ${names.length}. snapstore --help explains.`,
	);
}

function wholeNumber(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (/^\d{1,15}$/.test(text)) return Number(text);
	throw new Failure(EXIT.usage, `--limit takes a whole number, not ${oneLine(text)}.`);
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
