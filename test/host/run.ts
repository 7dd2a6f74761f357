import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "../support/browser";
import { projectRoot } from "../support/projectRoot";
import { copySample } from "../support/sampleCopy";
import { runInHost } from "../support/vscode/runInHost";
import { startServer } from "../support/vscode/startServer";

const MODES = ["trusted", "restricted"] as const;
type Mode = (typeof MODES)[number];

const PROGRAM = join(projectRoot, ".cache", "tools", "host", "suite.cjs");

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
				return await runInHost(await browser.newPage(), server, { folder, program: PROGRAM }, console.log);
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
