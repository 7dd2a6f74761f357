import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runToEnd, startChild } from "./childProcess";
import { installServer } from "./installServer";

export interface ServerOptions {
	/** User settings over the quiet ones below. */
	readonly settings?: Settings;
	/** Packaged extensions to install first: absolute paths of `.vsix` files. */
	readonly extensions?: readonly string[];
	/** What `/` opens when its address names no folder. */
	readonly defaultFolder?: string;
	/** Variables that the extension host sees, besides ours. */
	readonly env?: Readonly<Record<string, string>>;
	/** Told what takes long. */
	readonly report?: (message: string) => void;
}

export type Settings = Readonly<Record<string, unknown>>;

export interface Server {
	/** Loopback address with its port, without a slash at the end. */
	readonly origin: string;
	/** Needed once by each browser: the first address it opens must carry it. */
	readonly token: string;
	/** Writes the user's settings anew; open windows follow. */
	writeSettings(settings: Settings): Promise<void>;
	/** Settles when the server has ended, with its last lines of output. Never rejects. */
	readonly ended: Promise<string>;
	/** Ends the server with everything it started and removes its directories. Safe to repeat. */
	stop(): Promise<void>;
}

/** Keeps the window still and to itself: no welcome, no updates, no telemetry, no question about trust. */
const QUIET: Settings = {
	"chat.disableAIFeatures": true,
	"extensions.autoCheckUpdates": false,
	"extensions.autoUpdate": false,
	"extensions.ignoreRecommendations": true,
	"git.enabled": false,
	"security.workspace.trust.startupPrompt": "never",
	"telemetry.telemetryLevel": "off",
	"update.mode": "none",
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"workbench.startupEditor": "none",
	"workbench.tips.enabled": false,
};

/** The server asks the marketplace for news unless it has none. */
const NO_MARKETPLACE = { EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "" }) };

/** A disk may be slow, a machine busy; a server that says nothing for this long will not come. */
const START_LIMIT_MS = 180_000;

/**
 * Ends the server's process group when its standard input closes: when we are gone, even killed, it goes too. Runs
 * before the server's own code, and also in the processes it forks, which must leave this to the server.
 */
const END_WITH_PARENT = `data:text/javascript,
	if (process.argv[1].endsWith("server-main.js")) process.stdin.on("close", () => process.kill(0)).resume().unref();`;

/** Starts a VS Code server on a free loopback port, with directories and settings of its own. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
	const { node, main } = await installServer(options.report);
	const home = await mkdtemp(join(tmpdir(), "snapshot-store-vscode-"));
	const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
	const dataDir = join(home, "data");
	const places = ["--server-data-dir", dataDir, "--extensions-dir", join(home, "extensions")];
	const writeSettings = async (settings: Settings) => {
		const text = JSON.stringify({ ...QUIET, ...settings }, undefined, "\t");
		for (const scope of ["User", "Machine"]) {
			await mkdir(join(dataDir, "data", scope), { recursive: true });
			await writeFile(join(dataDir, "data", scope, "settings.json"), text);
		}
	};
	try {
		await writeSettings(options.settings ?? {});
		for (const extension of options.extensions ?? [])
			await runToEnd(node, [main, ...places, "--install-extension", extension]);
	} catch (error) {
		await removeHome();
		throw error;
	}

	// The port is open to every program of this machine and, through a browser, to every page: hence a token.
	const token = randomBytes(16).toString("hex");
	const address = ["--host", "127.0.0.1", "--port", "0", "--connection-token", token];
	const child = startChild(
		node,
		[
			...["--import", END_WITH_PARENT],
			...[main, ...address, ...places, "--accept-server-license-terms", "--telemetry-level", "off"],
			...(options.defaultFolder === undefined ? [] : ["--default-folder", options.defaultFolder]),
		],
		{ env: { ...process.env, ...NO_MARKETPLACE, ...options.env } },
	);
	const stop = async () => {
		await child.stop();
		await removeHome();
	};
	const ended = child.ended.then(() => child.tail());
	const port = new Promise<string>((resolve) => {
		child.onLine((line) => {
			const found = /Extension host agent listening on (\d+)/.exec(line)?.[1];
			if (found !== undefined) resolve(found);
		});
	});
	const deadline = AbortSignal.timeout(START_LIMIT_MS);
	const late = new Promise<never>((_, reject) => {
		deadline.addEventListener("abort", () => reject(new Error(`VS Code's server did not start:\n${child.tail()}`)));
	});
	const died = ended.then((tail) => Promise.reject(new Error(`VS Code's server ended before it was ready:\n${tail}`)));
	try {
		return { origin: `http://127.0.0.1:${await Promise.race([port, died, late])}`, token, writeSettings, ended, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
