import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A way to an answer, as a whole process. */
export interface Contender {
	readonly name: string;
	/** Program and arguments. It starts in an empty directory, or in what `prepare` made of it. */
	readonly command: readonly string[];
	/** Fills the directory before the clock starts. */
	readonly prepare?: (scratch: string) => void;
	/** Besides that of the bench. */
	readonly environment?: Readonly<Record<string, string>>;
	/** What it measured itself, from what it printed, where the whole process is not what counts. */
	readonly seconds?: (stdout: string) => number;
	/** What it came to, from what it printed and left in the directory: all contenders must come to the same. */
	readonly answer: (stdout: string, scratch: string) => unknown;
}

export interface Run {
	readonly seconds: number;
	/** The most that one process of it held; `undefined` where GNU time is not there to tell. */
	readonly memoryBytes: number | undefined;
	/** What it left on the disk that was not there before. */
	readonly diskBytes: number;
	readonly answer: unknown;
}

const TIME = "/usr/bin/time";

/** Nothing is known of any log before, and Node does not parse certificates before it starts. */
const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
const ENVIRONMENT = { ...inherited, SNAPSTORE_CACHE: "" };

/** Runs it once in `scratch`, an empty directory, which is emptied again. */
export function run({ name, command, prepare, environment, seconds, answer }: Contender, scratch: string): Run {
	prepare?.(scratch);
	const before = sizeOf(scratch);
	const memory = join(scratch, "..", "memory");
	const timing = existsSync(TIME) ? [TIME, "-f", "%M", "-o", memory] : [];
	const [program, ...args] = [...timing, ...command];
	const begun = performance.now();
	const env = { ...ENVIRONMENT, ...environment };
	const options = { cwd: scratch, env, encoding: "utf8", maxBuffer: 1 << 28 } as const;
	const { status, stdout, stderr } = spawnSync(program!, args, options);
	const elapsed = (performance.now() - begun) / 1000;
	if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
	const result: Run = {
		seconds: seconds?.(stdout) ?? elapsed,
		memoryBytes: existsSync(memory) ? Number(readFileSync(memory, "utf8")) * 1024 : undefined,
		diskBytes: Math.max(0, sizeOf(scratch) - before),
		answer: answer(stdout, scratch),
	};
	for (const file of readdirSync(scratch)) rmSync(join(scratch, file), { recursive: true });
	return result;
}

/** Of all files below a directory. */
function sizeOf(directory: string): number {
	return readdirSync(directory, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
