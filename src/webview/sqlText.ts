/** A name as an SQL identifier, whatever it contains. */
export function quoteIdentifier(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** The query that browsing a table or view runs. */
export function selectAll(name: string): string {
	return `SELECT * FROM ${quoteIdentifier(name)}`;
}
