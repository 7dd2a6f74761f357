import { sqlLiteral } from "../../core/format/sqlLiteral";
import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import { filterSql, orderSql } from "../../engine/browse/browseSql";
import type { BrowseSpec } from "../../protocol/browse";
import type { SchemaObject } from "../../protocol/engine";

/** The query that browsing a table or view runs. */
export function selectAll(name: string): string {
	return `SELECT * FROM ${quoteIdentifier(name)}`;
}

/** The query that browsing with filters and an order stands for. */
export function selectBrowsed({ table, filters, order }: BrowseSpec): string {
	const where = filterSql(filters, sqlLiteral);
	const by = orderSql(order);
	return [selectAll(table), where && `WHERE ${where}`, by && `ORDER BY ${by}`].filter(Boolean).join("\n");
}

/** The query that tells what the page shows of an object that has no rows of its own. */
export function selectDefinition({ kind, name }: Pick<SchemaObject, "kind" | "name">): string {
	return `SELECT sql FROM sqlite_schema WHERE type = '${kind}' AND name = ${sqlLiteral(name)}`;
}
