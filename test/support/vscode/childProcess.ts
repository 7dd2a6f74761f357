import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const TAIL_LINES = 30;

/** A child process that is known by its last lines of output, and ends with everything that it started. */
export interface Child {
	/** The last lines of both its outputs, oldest first. */
	tail(): string;
	/** Settles when the process has ended; never rejects. */
	readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
	/** Called with each line of either output from now on. */
	onLine(listener: (line: string) => void): void;
	/** Ends the process and its descendants. Safe to repeat. */
	stop(): Promise<void>;
}

/**
 * Starts a program in a process group of its own. Its standard input is a pipe that closes when this process is gone,
 * however it went: a program that watches it never outlives us.
 */
export function startChild(command: string, args: readonly string[], options: SpawnOptions = {}): Child {
	const child = spawn(command, args, { detached: true, ...options, stdio: ["pipe", "pipe", "pipe"] });
	const lines: string[] = [];
	const listeners = new Set<(line: string) => void>();
	const hear = (line: string) => {
		lines.push(line);
		if (lines.length > TAIL_LINES) lines.shift();
		for (const listener of listeners) listener(line);
	};
	for (const stream of [child.stdout, child.stderr]) {
		let rest = "";
		stream?.setEncoding("utf8").on("data", (text: string) => {
			const parts = (rest + text).split("\n");
			rest = parts.pop() ?? "";
			for (const part of parts) hear(part);
		});
		stream?.on("end", () => rest !== "" && hear(rest));
	}
	child.stdin?.on("error", () => {}); // EPIPE, when it has ended before us
	const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
		child.on("error", (error) => {
			hear(error.message);
			resolve({ code: null, signal: null });
		});
		child.on("close", (code, signal) => resolve({ code, signal }));
	});
	return {
		tail: () => lines.join("\n"),
		ended,
		onLine: (listener) => listeners.add(listener),
		stop: () => endTree(child, ended),
	};
}

/** Runs a program to its end; throws with its last lines unless it ended with exit code 0. */
export async function runToEnd(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<void> {
	// In our own process group, so that Ctrl-C reaches it.
	const child = startChild(command, args, { ...options, detached: false });
	const { code, signal } = await child.ended;
	if (code !== 0)
		throw new Error(`${command} ${args.join(" ")}: ended with ${code ?? signal ?? "no start"}\n${child.tail()}`);
}

const GRACE_MS = 5000;

async function endTree(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
	if (child.pid === undefined) return;
	signalTree(child.pid, "SIGTERM");
	const kill = setTimeout(signalTree, GRACE_MS, child.pid, "SIGKILL");
	await ended;
	clearTimeout(kill);
	// Those of the group that took longer than their leader.
	signalTree(child.pid, "SIGKILL");
}

function signalTree(pid: number, signal: NodeJS.Signals): void {
	if (process.platform === "win32") {
		spawn("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" }).on("error", () => {});
		return;
	}
	try {
		process.kill(-pid, signal);
	} catch {
		// ESRCH: nobody of the group is left.
	}
}
