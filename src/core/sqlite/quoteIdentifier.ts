/** A name as an SQL identifier, whatever it contains. */
export function quoteIdentifier(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
