import { asking } from "../asking";
import type { BenchStore, Comparison } from "../comparison";

/** Single rows by their key. */
export function lookUpRows({ directory, restored, betterSqlite }: BenchStore): Comparison {
	const better = betterSqlite && [asking("better-sqlite3, restored file", "better", "lookups", restored, betterSqlite)];
	return {
		title: "Looking up 2,000 rows by key",
		about: `Warm: the same keys for the second time in one process, which is open already. \`SnapshotDatabase\` prepares its statement for each, the others once.${better ? "" : " better-sqlite3 could not be installed here."}`,
		...(better && { goal: 1 / 3 }),
		contenders: [
			asking("SnapshotDatabase", "snapshot", "lookups", directory),
			...(better || []),
			asking("sql.js, whole restored file", "sqljs", "lookups", restored),
		],
	};
}
