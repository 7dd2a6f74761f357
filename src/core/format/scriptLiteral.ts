import type { SqlValue } from "../sqlValue";
import { characterOutside, sqlLiteral } from "./sqlLiteral";

/**
 * A value as an SQL expression in a script. The sqlite3 shell reads a script line by line and takes a carriage return
 * before a line's end for a part of it, so another character stands for each.
 */
export function scriptLiteral(value: SqlValue): string {
	if (typeof value !== "string" || !value.includes("\r")) return sqlLiteral(value);
	const standIn = characterOutside(value);
	return `replace(${sqlLiteral(value.replaceAll("\r", standIn))},'${standIn}',char(13))`;
}
