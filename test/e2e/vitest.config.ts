import { defineConfig } from "vitest/config";
import { projectRoot } from "../support/projectRoot";

const SMOKE = "test/e2e/smoke.test.ts";

/** `--mode newest` looks whether all that matters works in the newest VS Code; without it the oldest shows everything. */
export default defineConfig(({ mode }) => {
	const newest = mode === "newest";
	// For the installation, and for the processes of the tests.
	if (newest) process.env["VSCODE"] = "newest";
	return {
		test: {
			root: projectRoot,
			...(newest ? { include: [SMOKE] } : { include: ["test/e2e/**/*.test.ts"], exclude: [SMOKE] }),
			globalSetup: "test/e2e/installWorkbench.ts",
			// Windows, each with a server and a browser of its own: while one is waited for the other has the machine.
			maxWorkers: 2,
			testTimeout: 300_000,
			hookTimeout: 300_000,
			expect: { poll: { timeout: 60_000 } },
		},
	};
});
