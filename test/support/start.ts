import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "./projectRoot";
import { copySample } from "./sampleCopy";
import { type Server, startServer } from "./vscode/startServer";
import { workbenchUrl } from "./vscode/workbenchUrl";

const USAGE = `usage: npm start -- [--no-open] [--desktop] [<directory>]

Opens VS Code with this extension on <directory>, or on a copy of the sample store.
  --desktop   in the installed VS Code ("code" on the PATH), not in a browser
  --no-open   only say where it is`;

const NEXT = `Then click the "Snapshot Stores" icon in the activity bar, right-click a snapshot, "Open snapshot as database".`;
const DESKTOP_HINT = `With VS Code installed, this needs no server: npm start -- --desktop`;

interface Wish {
	readonly directory: string | undefined;
	readonly desktop: boolean;
	readonly open: boolean;
}

/** Ends the program with one line for a person. */
class Refusal extends Error {
	constructor(
		message: string,
		readonly exitCode: 1 | 2,
	) {
		super(message);
	}
}

try {
	const wish = await readWish(process.argv.slice(2));
	if (wish === undefined) console.log(USAGE);
	else if (wish.desktop) await startDesktop(wish);
	else await startInBrowser(wish);
} catch (error) {
	if (!(error instanceof Refusal)) throw error;
	console.error(error.message);
	process.exitCode = error.exitCode;
}

async function readWish(args: readonly string[]): Promise<Wish | undefined> {
	const { values, positionals } = parse(args);
	if (values.help) return undefined;
	const [given, ...more] = positionals;
	if (more.length > 0)
		throw new Refusal(`one directory, please, not ${positionals.length}: ${positionals.join(" ")}`, 2);
	const directory = given === undefined ? undefined : resolve(given);
	if (directory !== undefined) {
		const found = await stat(directory).catch(() => undefined);
		if (!found?.isDirectory()) throw new Refusal(`${directory} is not a directory that can be read`, 2);
	}
	return { directory, desktop: values.desktop, open: !values["no-open"] };
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				desktop: { type: "boolean", default: false },
				help: { type: "boolean", short: "h", default: false },
				"no-open": { type: "boolean", default: false },
			},
		});
	} catch (error) {
		// Node's sentence, without its advice on how to pass a file of that name.
		const [sentence] = (error instanceof Error ? error.message : String(error)).split(". ");
		throw new Refusal(`${sentence} (npm start -- --help lists the options)`, 2);
	}
}

async function startInBrowser(wish: Wish): Promise<void> {
	if (process.platform === "win32") throw new Refusal(`VS Code's server does not run on Windows. ${DESKTOP_HINT}`, 1);
	const stopped = new Promise<void>((done) => {
		for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => done());
		// A signal to npm ends npm and its shell, and neither tells us.
		const parent = process.ppid;
		setInterval(() => process.ppid !== parent && done(), 1000).unref();
	});
	const playground = wish.directory === undefined ? await makePlayground() : undefined;
	try {
		const server = await startOurServer(wish.directory === undefined);
		try {
			const folder = wish.directory ?? playground;
			const url = workbenchUrl(server, { ...(folder && { folder }), developmentExtension: projectRoot });
			console.log(`\nVS Code is ready at\n\n  ${url}\n\n${NEXT}\nCtrl-C ends it.`);
			if (wish.open) openBrowser(url);
			await Promise.race([stopped, server.ended.then((tail) => Promise.reject(new Refusal(tail, 1)))]);
		} finally {
			await server.stop();
		}
	} finally {
		if (playground !== undefined) await rm(playground, { recursive: true, force: true });
	}
}

/** The sample is ours and trusted; what the user brings opens in Restricted Mode until they say otherwise. */
async function startOurServer(trusted: boolean): Promise<Server> {
	try {
		return await startServer({ settings: { "security.workspace.trust.enabled": !trusted }, report: console.log });
	} catch (error) {
		throw new Refusal(`${error instanceof Error ? error.message : error}\n${DESKTOP_HINT}`, 1);
	}
}

async function startDesktop(wish: Wish): Promise<void> {
	const folder = wish.directory ?? (await makePlayground());
	const windows = process.platform === "win32";
	const args = ["--new-window", `--extensionDevelopmentPath=${projectRoot}`, folder];
	// On Windows "code" is a batch file, which only a shell runs.
	const code = spawn("code", windows ? args.map((arg) => `"${arg}"`) : args, { stdio: "inherit", shell: windows });
	const exitCode = await once(code, "exit").then(
		([status]) => status,
		() => undefined,
	);
	if (exitCode !== 0)
		throw new Refusal(
			`"code" could not be started: in VS Code, run "Shell Command: Install 'code' command in PATH"`,
			1,
		);
	console.log(`VS Code opens ${folder}.\n${NEXT}`);
}

/** A fresh copy of the sample to play with, so that the one in dist stays as the build wrote it. */
async function makePlayground(): Promise<string> {
	const parent = join(projectRoot, ".cache", "playground");
	await mkdir(parent, { recursive: true });
	const playground = await mkdtemp(join(parent, "workspace-"));
	await copySample(playground);
	return playground;
}

/** Where a person can see it; elsewhere the address alone must do. */
function openBrowser(url: string): void {
	const seen = process.platform === "darwin" || process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"];
	if (!seen) return;
	const opener = spawn(process.platform === "darwin" ? "open" : "xdg-open", [url], { stdio: "ignore", detached: true });
	opener.on("error", () => {}); // no opener: the address is printed
	opener.unref();
}
