import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { inCache } from "../toolCache";
import { runToEnd } from "./childProcess";

/** A VS Code as an npm package, and the Node that it runs on where that is not ours. */
interface Release {
	readonly folder: string;
	readonly codeServer: string;
	readonly node?: string;
}

const RELEASES: Readonly<Record<"oldest" | "newest", Release>> = {
	/** The oldest that the extension supports. */
	oldest: { folder: "vscode-1.100.3", codeServer: "code-server@4.100.3" },
	newest: { folder: "vscode-1.139.1", codeServer: "code-server@4.139.1", node: "24.22.3" },
};

/** A VS Code server that is installed. */
export interface Installed {
	/** The Node that runs it. */
	readonly node: string;
	/** Its program. */
	readonly main: string;
}

/** Carries the `rg` that the server's own, older, @vscode/ripgrep would download: file search does not work without. */
const RIPGREP = "@vscode/ripgrep@1.18.0";
/** Written last, so its presence says that the installation is whole. */
const MARKER = "installed.json";

/** Puts a VS Code server into the cache, unless it is there: the oldest, or the newest where the variable `VSCODE` says so. */
export async function installServer(report: (message: string) => void = () => {}): Promise<Installed> {
	const release = RELEASES[process.env["VSCODE"] === "newest" ? "newest" : "oldest"];
	const home = await inCache(release.folder, MARKER, (draft, home) => {
		report(`Installing VS Code's server (${release.codeServer}, about 300 MB, once) into ${home}`);
		return installInto(draft, release);
	});
	return { node: nodeFor(home, release), main: serverMain(home) };
}

async function installInto(home: string, { codeServer, node }: Release): Promise<void> {
	await writeFile(join(home, "package.json"), "{}\n");
	const packages = [codeServer, RIPGREP, ...(node === undefined ? [] : [`${NODE_PACKAGE}@${node}`])];
	await npmInstall(home, ...packages);
	const vscode = dirname(dirname(serverMain(home)));
	// Its postinstall would do this, and fail at what it builds and downloads besides.
	await npmInstall(vscode);
	await giveRipgrep(home, vscode);
	await writeFile(join(home, MARKER), `${JSON.stringify({ packages })}\n`);
}

/** Node as an npm package, which brings a program and nothing else. */
const NODE_PACKAGE = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

function nodeFor(home: string, { node }: Release): string {
	if (node === undefined) return process.execPath;
	return join(home, "node_modules", NODE_PACKAGE, "bin", process.platform === "win32" ? "node.exe" : "node");
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
