import { join } from "node:path";
import { projectRoot } from "../../support/projectRoot";
import { cat } from "../cat";
import type { BenchStore, Comparison } from "../comparison";
import type { Contender } from "../contender";

/** How often the stream is read in one process. */
const TIMES = 5;

/** A snapshot's full stream, read to its end, beside `cat` of the same files. */
export function readStream({ directory, files }: BenchStore): Comparison {
	const reader = join(projectRoot, ".cache/tools/readStream.cjs");
	/** The stream has a head of some bytes besides: whole megabytes are the same. */
	const megabytes = (bytes: number) => Math.round(bytes / 1e6);
	const stream: Contender = {
		name: "SnapshotStore.openSnapshot",
		command: [process.execPath, reader, directory, `${TIMES}`],
		seconds: (stdout) => JSON.parse(stdout).seconds,
		answer: (stdout) => megabytes(JSON.parse(stdout).bytes),
	};
	return {
		title: "Reading the newest snapshot's full stream",
		about: `${TIMES} times over in one process, from the opening of the store, without the start of Node; \`cat\` writes to /dev/null.`,
		goal: 0.7,
		contenders: [stream, cat(files, TIMES, (stdout) => megabytes(Number(stdout)))],
	};
}
