import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A way to an answer, as a whole process. */
export interface Contender {
	readonly name: string;
	/** Program and arguments. It starts in an empty directory. */
	readonly command: readonly string[];
	/** The rows in what it printed. */
	readonly rows: (stdout: string) => unknown;
}

export interface Run {
	readonly seconds: number;
	/** The most that one process of it held; `undefined` where GNU time is not there to tell. */
	readonly memoryBytes: number | undefined;
	/** What it left on the disk. */
	readonly diskBytes: number;
	readonly rows: unknown;
}

const TIME = "/usr/bin/time";

/** Runs it once in `scratch`, an empty directory, which is emptied again. */
export function run({ name, command, rows }: Contender, scratch: string): Run {
	const memory = join(scratch, "..", "memory");
	const timing = existsSync(TIME) ? [TIME, "-f", "%M", "-o", memory] : [];
	const [program, ...args] = [...timing, ...command];
	const begun = performance.now();
	const { status, stdout, stderr } = spawnSync(program!, args, { cwd: scratch, encoding: "utf8", maxBuffer: 1 << 28 });
	const seconds = (performance.now() - begun) / 1000;
	if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
	const diskBytes = readdirSync(scratch)
		.map((file) => statSync(join(scratch, file)).size)
		.reduce((sum, size) => sum + size, 0);
	for (const file of readdirSync(scratch)) rmSync(join(scratch, file));
	const memoryBytes = existsSync(memory) ? Number(readFileSync(memory, "utf8")) * 1024 : undefined;
	return { seconds, memoryBytes, diskBytes, rows: rows(stdout) };
}
