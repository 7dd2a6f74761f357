import { quoteIdentifier } from "../core/sqlite/quoteIdentifier";

/** The query that browsing a table or view runs. */
export function selectAll(name: string): string {
	return `SELECT * FROM ${quoteIdentifier(name)}`;
}
