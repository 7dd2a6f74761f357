import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const VERSION = "12.11.1";

/** It comes ready-made, or a compiler makes it; on a busy machine that takes its time. */
const PATIENCE_MS = 20 * 60 * 1000;

/** Installs better-sqlite3 into a directory of its own, once; `undefined` where that does not work. */
export function betterSqlite(directory: string): string | undefined {
	if (existsSync(directory)) return directory;
	const unfinished = `${directory}.tmp`;
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(unfinished, { recursive: true });
	writeFileSync(join(unfinished, "package.json"), JSON.stringify({ private: true }));
	// Where Node's own headers are beside it, none have to be fetched.
	const prefix = dirname(dirname(process.execPath));
	const headers = existsSync(join(prefix, "include/node/node.h")) ? { npm_config_nodedir: prefix } : {};
	const env = { ...process.env, ...headers };
	const args = ["install", "--no-save", `better-sqlite3@${VERSION}`];
	const { status } = spawnSync("npm", args, { cwd: unfinished, env, timeout: PATIENCE_MS, stdio: "ignore" });
	if (status !== 0) return undefined;
	renameSync(unfinished, directory);
	return directory;
}
