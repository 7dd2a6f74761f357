import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { runToEnd } from "./childProcess";

/** VS Code 1.100.3, the oldest that the extension supports, as an npm package that runs on Node 20. */
const CODE_SERVER = "code-server@4.100.3";
/** Carries the `rg` that the server's own, older, @vscode/ripgrep would download: file search does not work without. */
const RIPGREP = "@vscode/ripgrep@1.18.0";
const FOLDER = "vscode-1.100.3";
/** Written last, so its presence says that the installation is whole. */
const MARKER = "installed.json";

/**
 * Puts a VS Code server into the cache, unless it is there, and answers the path of its `server-main.js`.
 * `SNAPSHOT_STORE_VSCODE_CACHE` names another cache directory.
 */
export async function installServer(report: (message: string) => void = () => {}): Promise<string> {
	const cache = process.env["SNAPSHOT_STORE_VSCODE_CACHE"] || join(userCache(), "snapshot-store-browser");
	const home = join(cache, FOLDER);
	if (!existsSync(join(home, MARKER))) {
		report(`Installing VS Code's server (${CODE_SERVER}, about 300 MB, once) into ${home}`);
		await mkdir(cache, { recursive: true });
		await removeAbandoned(cache);
		const draft = await mkdtemp(join(cache, `${FOLDER}.draft-`));
		try {
			await installInto(draft);
			await moveIntoPlace(draft, home);
		} finally {
			await rm(draft, { recursive: true, force: true });
		}
	}
	return serverMain(home);
}

async function installInto(home: string): Promise<void> {
	await writeFile(join(home, "package.json"), "{}\n");
	await npmInstall(home, CODE_SERVER, RIPGREP);
	const vscode = dirname(dirname(serverMain(home)));
	// Its postinstall would do this, and fail at what it builds and downloads besides.
	await npmInstall(vscode);
	await giveRipgrep(home, vscode);
	await writeFile(join(home, MARKER), `${JSON.stringify({ packages: [CODE_SERVER, RIPGREP] })}\n`);
}

function serverMain(home: string): string {
	return join(home, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js");
}

async function npmInstall(directory: string, ...packages: readonly string[]): Promise<void> {
	const flags = [
		"--ignore-scripts",
		"--omit=dev",
		"--no-audit",
		"--no-fund",
		"--no-package-lock",
		"--prefix",
		directory,
	];
	// Inside "npm run" this is the npm that runs us; another package manager also sets the variable.
	const npm = process.env["npm_execpath"] ?? "";
	const [command, ...first] = basename(npm) === "npm-cli.js" ? [process.execPath, npm] : ["npm"];
	await runToEnd(command, [...first, "install", ...flags, ...packages], { cwd: directory });
}

async function giveRipgrep(home: string, vscode: string): Promise<void> {
	const name = process.platform === "win32" ? "rg.exe" : "rg";
	const source = join(home, "node_modules", "@vscode", `ripgrep-${process.platform}-${process.arch}`, "bin", name);
	if (!existsSync(source)) return; // a platform it is not made for: all but file search works
	const bin = join(vscode, "node_modules", "@vscode", "ripgrep", "bin");
	await mkdir(bin, { recursive: true });
	await copyFile(source, join(bin, name));
}

/** Another process may have been faster, in which case its installation stays; one without a marker is broken. */
async function moveIntoPlace(draft: string, home: string): Promise<void> {
	try {
		await rename(draft, home);
	} catch (error) {
		if (existsSync(join(home, MARKER))) return;
		if (!existsSync(home)) throw error;
		await rm(home, { recursive: true, force: true });
		await rename(draft, home);
	}
}

const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Removes what installations left behind that were cut short. */
async function removeAbandoned(cache: string): Promise<void> {
	for (const name of await readdir(cache)) {
		if (!name.startsWith(`${FOLDER}.draft-`)) continue;
		const draft = join(cache, name);
		const { mtimeMs } = await stat(draft);
		if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(draft, { recursive: true, force: true });
	}
}

function userCache(): string {
	const home = homedir();
	switch (process.platform) {
		case "darwin":
			return join(home, "Library", "Caches");
		case "win32":
			return process.env["LOCALAPPDATA"] || join(home, "AppData", "Local");
		default:
			return process.env["XDG_CACHE_HOME"] || join(home, ".cache");
	}
}
