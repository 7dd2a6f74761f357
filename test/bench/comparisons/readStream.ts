import { join } from "node:path";
import { projectRoot } from "../../support/projectRoot";
import type { BenchStore, Comparison } from "../comparison";
import type { Contender } from "../contender";

/** How often the stream is read in one process: the start of Node is not what is measured. */
const TIMES = 5;

/** A snapshot's full stream, read to its end, beside `cat` of the same files. */
export function readStream({ directory, files }: BenchStore): Comparison {
	const reader = join(projectRoot, ".cache/tools/readStream.mjs");
	const bytes = (stdout: string) => Math.round(Number(stdout.trim()) / 1e6);
	const stream: Contender = {
		name: "SnapshotStore.openSnapshot",
		command: [process.execPath, reader, directory, `${TIMES}`],
		answer: bytes,
	};
	const script = `for n in $(seq ${TIMES}); do cat "$@"; done | wc -c`;
	return {
		title: "Reading the newest snapshot's full stream",
		about: `${TIMES} times over in one process, the start of the process included; \`cat\` writes into a pipe that is read.`,
		contenders: [stream, { name: "cat", command: ["sh", "-c", script, "sh", ...files], answer: bytes }],
	};
}
