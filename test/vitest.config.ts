import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { projectRoot } from "./support/projectRoot";

/**
 * `--mode fuzz` runs every property a hundred times longer, ends a store's work at every point there is, and reads stores
 * through 300 snapshots and a hundred reaps each. Elsewhere properties draw from one seed, here from a new one each time;
 * one that fails prints its seed and its shrunk input.
 */
export default defineConfig(({ mode }) => {
	// Every Node would read all certificates as it starts, a third of what most commands take; no test needs them.
	delete process.env["NODE_EXTRA_CA_CERTS"];
	const fuzz = mode === "fuzz";
	return {
		test: {
			root: projectRoot,
			setupFiles: fuzz ? [] : ["test/support/fixedSeed.ts"],
			projects: [
				{ extends: true, test: { name: "unit", include: ["test/unit/**/*.test.ts"] } },
				{
					extends: true,
					test: {
						name: "property",
						include: ["test/property/**/*.test.ts"],
						env: { RUNS_FACTOR: fuzz ? "100" : "1" },
						testTimeout: fuzz ? 3_600_000 : 120_000,
					},
				},
				{
					extends: true,
					test: {
						name: "damage",
						include: ["test/damage/**/*.test.ts"],
						env: { DAMAGES: process.env["DAMAGES"] ?? (fuzz ? "100000" : "1000") },
						testTimeout: fuzz ? 7_200_000 : 120_000,
					},
				},
				{
					extends: true,
					test: {
						name: "fuzz",
						include: ["test/fuzz/**/*.test.ts"],
						env: {
							FUZZ_RUNS: process.env["FUZZ_RUNS"] ?? (fuzz ? "20000" : "300"),
							FUZZ_KEEPS: fuzz ? "yes" : "no",
						},
						testTimeout: fuzz ? 7_200_000 : 120_000,
					},
				},
				{
					extends: true,
					test: {
						name: "live",
						include: ["test/live/**/*.test.ts"],
						env: {
							LIVE_SNAPSHOTS: process.env["LIVE_SNAPSHOTS"] ?? (fuzz ? "300" : "6"),
							BUILD_RQLITED: fuzz ? "yes" : "no",
						},
						testTimeout: fuzz ? 3_600_000 : 240_000,
					},
				},
				{
					extends: true,
					test: {
						name: "crash",
						include: ["test/crash/**/*.test.ts"],
						env: { CRASH_POINTS: fuzz ? "all" : "some" },
						testTimeout: fuzz ? 3_600_000 : 120_000,
					},
				},
			],
			// Vitest would leave one core idle, which is half of a small machine.
			maxWorkers: availableParallelism(),
			// A real SQLite on a busy machine; nothing waits for this long.
			testTimeout: 60_000,
			hookTimeout: 60_000,
		},
	};
});
