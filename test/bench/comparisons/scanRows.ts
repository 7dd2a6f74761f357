import { asking } from "../asking";
import type { BenchStore, Comparison } from "../comparison";
import type { Contender } from "../contender";

const SQL = "select count(*), sum(length(payload)) from events;";

/** Every row of the large table. */
export function scanRows({ directory, restored, hasShell }: BenchStore): Comparison {
	const shell: Contender = {
		name: "sqlite3, restored file",
		command: ["sh", "-c", `printf '.timer on\\n${SQL}\\n${SQL}\\n' | sqlite3 "$1"`, "sh", restored],
		// "Run Time: real 0.123 user …", once for each statement.
		seconds: (stdout) => Number([...stdout.matchAll(/real ([\d.]+)/g)].at(-1)![1]),
		answer: (stdout) =>
			stdout
				.trim()
				.split("\n")
				.find((line) => /^\d+\|/.test(line))!
				.split("|")
				.map(Number),
	};
	return {
		title: "Reading every row",
		about: `\`${SQL}\` for the second time in one process, which is open already; memory is that of the process.`,
		goal: 1,
		contenders: [
			asking("SnapshotDatabase", "snapshot", "scan", directory),
			...(hasShell ? [shell] : []),
			asking("sql.js, whole restored file", "sqljs", "scan", restored),
		],
	};
}
