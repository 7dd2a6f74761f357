import { defineConfig } from "vitest/config";
import { projectRoot } from "../support/projectRoot";

export default defineConfig({
	test: {
		root: projectRoot,
		include: ["test/e2e/**/*.test.ts"],
		globalSetup: "test/e2e/installWorkbench.ts",
		// One window at a time: each has a server and a browser of its own.
		fileParallelism: false,
		testTimeout: 300_000,
		hookTimeout: 300_000,
		expect: { poll: { timeout: 60_000 } },
	},
});
