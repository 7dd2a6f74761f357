import { sqlLiteral } from "../core/format/sqlLiteral";
import { quoteIdentifier } from "../core/sqlite/quoteIdentifier";
import type { SchemaObject } from "../protocol/engine";

/** The query that browsing a table or view runs. */
export function selectAll(name: string): string {
	return `SELECT * FROM ${quoteIdentifier(name)}`;
}

/** The query that tells what the page shows of an object that has no rows of its own. */
export function selectDefinition({ kind, name }: Pick<SchemaObject, "kind" | "name">): string {
	return `SELECT sql FROM sqlite_schema WHERE type = '${kind}' AND name = ${sqlLiteral(name)}`;
}
