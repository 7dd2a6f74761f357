import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { projectRoot } from "../support/projectRoot";
import { copySample } from "../support/sampleCopy";
import { isVscodeNoise } from "../support/vscode/noise";
import { type Server, startServer } from "../support/vscode/startServer";
import { workbenchUrl } from "../support/vscode/workbenchUrl";
import { REPORT_PREFIX } from "./reportPrefix";

const MODES = ["trusted", "restricted"] as const;
type Mode = (typeof MODES)[number];

/** A suite that has not ended by then hangs. */
const SUITE_LIMIT_MS = 15 * 60_000;

for (const mode of MODES) {
	console.log(`\nInside VS Code's extension host, workspace ${mode}`);
	if ((await runSuite(mode)) !== 0) process.exitCode = 1;
}

/** Runs the suite in a window of its own, whose folder holds a copy of the sample, and answers its exit code. */
async function runSuite(mode: Mode): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), "snapshot-store-host-"));
	try {
		await copySample(folder);
		const server = await startServer({
			settings: { "security.workspace.trust.enabled": mode === "restricted" },
			env: { SNAPSHOT_STORE_TEST_MODE: mode },
			report: console.error,
		});
		try {
			const browser = await launchBrowser();
			try {
				return await runInWindow(await browser.newPage(), server, folder);
			} finally {
				await browser.close();
			}
		} finally {
			await server.stop();
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function runInWindow(page: Page, server: Server, folder: string): Promise<number> {
	const errors: string[] = [];
	await page.exposeFunction("codeAutomationLog", (type: string, values: readonly unknown[]) => {
		const line = format(...values);
		if (line.startsWith(REPORT_PREFIX)) console.log(line.slice(REPORT_PREFIX.length));
		else if (type === "error" && !isVscodeNoise(line)) errors.push(line);
	});
	const exit = new Promise<number>((resolve) => page.exposeFunction("codeAutomationExit", resolve));
	const end = new Promise<never>((_, reject) => {
		page.on("crash", () => reject(new Error("the window crashed")));
		server.ended.then((tail) => reject(new Error(`VS Code's server ended:\n${tail}`)));
		setTimeout(() => reject(new Error("the suite did not end")), SUITE_LIMIT_MS).unref();
	});
	const tests = join(projectRoot, ".cache", "tools", "host", "suite.cjs");
	await page.goto(workbenchUrl(server, { folder, developmentExtension: projectRoot, tests }));
	const code = await Promise.race([exit, end]);
	if (code !== 0) console.error(["\nErrors logged in the window:", ...errors].join("\n"));
	return code;
}
