import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "../../support/browser";
import { projectRoot } from "../../support/projectRoot";
import { runInHost } from "../../support/vscode/runInHost";
import { startServer } from "../../support/vscode/startServer";
import { type Limit, repeated } from "../limit";
import { secondsText } from "../plot";

const PROGRAM = join(projectRoot, ".cache/tools/activateExtension.cjs");

/** From the first use of the extension until it serves, loading its code included; a new extension host each time. */
export const activation: Limit = {
	name: "activation in VS Code's extension host, loading the code included",
	goal: 0.05,
	text: secondsText,
	async measure(rounds) {
		const folder = mkdtempSync(join(tmpdir(), "bench-"));
		const server = await startServer({ report: console.error });
		try {
			const browser = await launchBrowser();
			try {
				return await repeated(rounds, async () => {
					const page = await browser.newPage();
					let seconds = Number.NaN;
					const code = await runInHost(page, server, { folder, program: PROGRAM }, (line) => {
						seconds = Number(line);
					});
					if (code !== 0) throw new Error("the extension did not activate");
					await page.close();
					return seconds;
				});
			} finally {
				await browser.close();
			}
		} finally {
			await server.stop();
			rmSync(folder, { recursive: true });
		}
	},
};
