import { dirname, join, relative } from "node:path";
import { projectRoot } from "../../support/projectRoot";
import { benchCache } from "../benchCache";
import type { Comparison } from "../comparison";
import { unrelatedFiles } from "../unrelatedFiles";

/** One store among files that have nothing to do with it. */
export function findStore(): Comparison {
	const directory = unrelatedFiles(benchCache("unrelated"));
	return {
		title: "Finding a store among 100,000 files",
		about: "10,000 directories of ten files each, the store five directories deep; the start of the process included.",
		contenders: [
			{
				name: "snapstore list",
				command: [process.execPath, join(projectRoot, "dist/cli.js"), "list", directory, "--json"],
				answer: (stdout) => JSON.parse(stdout).stores.map(({ root }: { root: string }) => root),
			},
			{
				name: "find",
				command: ["find", directory, "-type", "d", "-name", "generations"],
				answer: (stdout) => [relative(directory, dirname(stdout.trim()))],
			},
		],
	};
}
