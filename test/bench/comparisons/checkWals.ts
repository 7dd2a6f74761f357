import { join } from "node:path";
import { projectRoot } from "../../support/projectRoot";
import { cat } from "../cat";
import type { BenchStore, Comparison } from "../comparison";

/** How often all WALs are read in one process: the start of Node is not what is measured. */
const TIMES = 5;

/** Every frame's checksum, beside `cat` of the same files. */
export function checkWals({ files }: BenchStore): Comparison {
	const [base, ...wals] = files;
	const checker = join(projectRoot, ".cache/tools/scanWals.cjs");
	return {
		title: "Checking every frame of the WALs",
		about: `${TIMES} times over in one process, the start of the process included; \`cat\` writes to /dev/null.`,
		goal: 0.5,
		contenders: [
			{ name: "scanWal", command: [process.execPath, checker, `${TIMES}`, base!, ...wals], answer: Number },
			cat(wals, TIMES, Number),
		],
	};
}
