import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { inCache } from "../toolCache";
import { runToEnd } from "./childProcess";

/** VS Code 1.100.3, the oldest that the extension supports, as an npm package that runs on Node 20. */
const CODE_SERVER = "code-server@4.100.3";
/** Carries the `rg` that the server's own, older, @vscode/ripgrep would download: file search does not work without. */
const RIPGREP = "@vscode/ripgrep@1.18.0";
const FOLDER = "vscode-1.100.3";
/** Written last, so its presence says that the installation is whole. */
const MARKER = "installed.json";

/** Puts a VS Code server into the cache, unless it is there, and answers the path of its `server-main.js`. */
export async function installServer(report: (message: string) => void = () => {}): Promise<string> {
	const home = await inCache(FOLDER, MARKER, (draft, home) => {
		report(`Installing VS Code's server (${CODE_SERVER}, about 300 MB, once) into ${home}`);
		return installInto(draft);
	});
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
