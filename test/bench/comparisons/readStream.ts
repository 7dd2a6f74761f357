import { join } from "node:path";
import { projectRoot } from "../../support/projectRoot";
import { cat } from "../cat";
import type { BenchStore, Comparison } from "../comparison";
import type { Contender } from "../contender";

/** How often the stream is read in one process: the start of Node is not what is measured. */
const TIMES = 5;

/** A snapshot's full stream, read to its end, beside `cat` of the same files. */
export function readStream({ directory, files }: BenchStore): Comparison {
	const reader = join(projectRoot, ".cache/tools/readStream.cjs");
	/** The stream has a head of some bytes besides: whole megabytes are the same. */
	const megabytes = (stdout: string) => Math.round(Number.parseInt(stdout, 10) / 1e6);
	const stream: Contender = {
		name: "SnapshotStore.openSnapshot",
		command: [process.execPath, reader, directory, `${TIMES}`],
		answer: megabytes,
	};
	return {
		title: "Reading the newest snapshot's full stream",
		about: `${TIMES} times over in one process, the start of the process included; \`cat\` writes to /dev/null.`,
		goal: 0.7,
		contenders: [stream, cat(files, TIMES, megabytes)],
	};
}
