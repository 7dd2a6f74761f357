import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
import { projectRoot } from "../../support/projectRoot";

export const cliPath = join(projectRoot, "dist/cli.js");

export interface Ended {
	/** `null` when a signal ended it. */
	readonly status: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the built command line as a process of its own. */
export function snapstore(...args: readonly string[]): Promise<Ended> {
	return ended(spawn(process.execPath, [cliPath, ...args], { stdio: ["ignore", "pipe", "pipe"] }));
}

/** What a process that was started printed, once it has ended. Standard output that is already read is not kept. */
export function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
	const stdout: Buffer[] = [];
	const stderr: Buffer[] = [];
	if (child.stdout?.listenerCount("data") === 0) child.stdout.on("data", (part: Buffer) => stdout.push(part));
	child.stderr?.on("data", (part: Buffer) => stderr.push(part));
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (status, signal) =>
			resolve({ status, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
		);
	});
}

/** Has a process say at its end, as the last line of standard error, how many kilobytes it held at most. */
const SAY_MEMORY = `data:text/javascript,process.on("exit", () => console.error(process.resourceUsage().maxRSS))`;

/** How much the command line printed and how much memory it took, for output that is too much to keep. */
export async function measure(...args: readonly string[]) {
	const child = spawn(process.execPath, ["--import", SAY_MEMORY, cliPath, ...args], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	let bytes = 0;
	let lines = 0;
	child.stdout.on("data", (part: Buffer) => {
		bytes += part.byteLength;
		for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++;
	});
	const { status, stderr } = await ended(child);
	return { status, bytes, lines, memoryBytes: Number(stderr.trimEnd().split("\n").at(-1)) * 1024 };
}

/** A failure as the contract asks for it: this exit status, nothing on standard output, this one line. */
export function failure(status: 1 | 2, line: string | RegExp) {
	const stderr: unknown = typeof line === "string" ? `snapstore: ${line}\n` : expect.stringMatching(line);
	return { status, signal: null, stdout: "", stderr };
}
