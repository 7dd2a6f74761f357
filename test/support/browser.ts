import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { runToEnd } from "./vscode/childProcess";

/** Works as root and in a container, and keeps the browser from calling home. */
const ARGUMENTS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--disable-dev-shm-usage",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** Starts Chromium or Chrome without a window. */
export async function launchBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: await ensureBrowser(), args: ARGUMENTS, timeout: 180_000 });
}

/** Path of Chromium or Chrome, installed now where there was none. */
export async function ensureBrowser(): Promise<string> {
	return findBrowser() ?? (await installBrowser());
}

/** Path of Chromium or Chrome: `CHROME_PATH`, then `PATH`, then the usual places, then Playwright's own cache. */
function findBrowser(): string | undefined {
	const wanted = process.env["CHROME_PATH"];
	if (wanted) {
		if (!existsSync(wanted)) throw new Error(`CHROME_PATH names ${wanted}, which does not exist`);
		return wanted;
	}
	return candidates().find((path) => existsSync(path));
}

function candidates(): readonly string[] {
	const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
	const onPath = (process.env["PATH"] ?? "")
		.split(delimiter)
		.filter((directory) => directory !== "")
		.flatMap((directory) => programs.map((program) => join(directory, program)));
	return [...(process.platform === "win32" ? [] : onPath), ...usualPlaces(), chromium.executablePath()];
}

function usualPlaces(): readonly string[] {
	switch (process.platform) {
		case "darwin":
			return [
				"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
				"/Applications/Chromium.app/Contents/MacOS/Chromium",
			];
		case "win32":
			return ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
				.map((name) => process.env[name])
				.filter((directory) => directory !== undefined)
				.map((directory) => join(directory, "Google", "Chrome", "Application", "chrome.exe"));
		default:
			return ["/usr/lib/chromium/chromium", "/opt/google/chrome/chrome"];
	}
}

/** Debian's package as root, else Playwright's own download. */
async function installBrowser(): Promise<string> {
	const failures: string[] = [];
	for (const [name, install] of [
		["Debian's package", installFromDebian],
		["Playwright's download", installFromPlaywright],
	] as const) {
		try {
			await install();
		} catch (error) {
			failures.push(`${name}: ${firstLine(error)}`);
		}
		const found = findBrowser();
		if (found !== undefined) return found;
	}
	throw new Error(
		`No Chromium or Chrome found: install the package "chromium", or name one in CHROME_PATH (${failures.join("; ")})`,
	);
}

async function installFromDebian(): Promise<void> {
	if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
	console.error("No Chromium or Chrome found: installing Debian's package chromium");
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	const wait = ["-o", "DPkg::Lock::Timeout=300"];
	const install = () => runToEnd("apt-get", [...wait, "install", "-y", "--no-install-recommends", "chromium"], { env });
	try {
		await install();
	} catch {
		// A machine that has never read the package lists, or only old ones.
		await runToEnd("apt-get", [...wait, "update"], { env });
		await install();
	}
}

async function installFromPlaywright(): Promise<void> {
	console.error("No Chromium or Chrome found: downloading Playwright's");
	const playwright = dirname(createRequire(import.meta.url).resolve("playwright-core/package.json"));
	await runToEnd(process.execPath, [join(playwright, "cli.js"), "install", "chromium"]);
}

function firstLine(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
