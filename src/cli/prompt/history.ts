import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Lines that are kept at most, and characters of one. */
const MAX_LINES = 1000;
const MAX_LENGTH = 10_000;

/** The file in the user's state directory that keeps what was typed at the prompt. */
export function historyFile(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
	const state =
		env["XDG_STATE_HOME"] ||
		(platform === "win32" && env["LOCALAPPDATA"]) ||
		(platform === "darwin" ? join(homedir(), "Library", "Application Support") : join(homedir(), ".local", "state"));
	return join(state, "snapstore", "history");
}

/** What was typed at the prompt, newest first. A file that cannot be read is none. */
export function readHistory(file: string): string[] {
	try {
		return readFileSync(file, "utf8").split("\n").filter(Boolean).slice(-MAX_LINES).reverse();
	} catch {
		return []; // none yet
	}
}

/** Keeps what was typed, newest first, for its owner alone. Answers why it cannot. */
export function writeHistory(file: string, lines: readonly string[]): string | undefined {
	const kept = lines.filter((line) => line !== "" && line.length <= MAX_LENGTH && !line.includes("\n"));
	try {
		mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
		writeFileSync(
			file,
			kept
				.slice(0, MAX_LINES)
				.reverse()
				.map((line) => `${line}\n`)
				.join(""),
			{ mode: 0o600 },
		);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
