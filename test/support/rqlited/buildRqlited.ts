import { execFile } from "node:child_process";
import { chmod, cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { inCache, toolCache } from "../toolCache";
import { runToEnd } from "../vscode/childProcess";

/** The newest of the newest version that can be had from Go's module proxy. */
export const RQLITED = "rqlited 9.4.5";
const MODULE = "github.com/rqlite/rqlite/v9@v9.4.5";
const FOLDER = "rqlited-9.4.5";
const PROGRAM = process.platform === "win32" ? "rqlited.exe" : "rqlited";

const run = promisify(execFile);

/**
 * Builds rqlited into the cache, unless it is there, and answers its path. Throws where Go or a C compiler is missing, or
 * the module is not to be had.
 */
export async function buildRqlited(report: (message: string) => void): Promise<string> {
	const home = await inCache(FOLDER, PROGRAM, async (draft, home) => {
		const { stdout: compiler } = await run("go", ["env", "CC"]);
		await run(compiler.trim(), ["--version"]);
		const source = await download();
		report(`Building ${RQLITED} (some minutes, 50 MB, once) into ${home}`);
		// The module cache is read-only, and a module that replaces others cannot be installed from there.
		const copy = join(draft, "source");
		await cp(source, copy, { recursive: true });
		await makeWritable(copy);
		await runToEnd("go", ["build", "-o", join(draft, PROGRAM), "./cmd/rqlited"], {
			cwd: copy,
			env: { ...process.env, CGO_ENABLED: "1" },
		});
		await rm(copy, { recursive: true });
	});
	return join(home, PROGRAM);
}

/** Where `buildRqlited` puts it. */
export function builtRqlited(): string {
	return join(toolCache(), FOLDER, PROGRAM);
}

/** Answers the directory of the module cache that holds the module. */
async function download(): Promise<string> {
	const { stdout } = await run("go", ["mod", "download", "-json", MODULE]);
	const { Dir } = JSON.parse(stdout) as { Dir: string };
	return Dir;
}

async function makeWritable(directory: string): Promise<void> {
	await chmod(directory, 0o755);
	for (const entry of await readdir(directory, { withFileTypes: true, recursive: true }))
		if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), 0o755);
}
