import { formatDialect, sqlite } from "sql-formatter";

/** SQL laid out anew, its words as they were written. Throws where it cannot be understood. */
export function formatSql(sql: string): string {
	return formatDialect(sql, { dialect: sqlite, tabWidth: 2 });
}
