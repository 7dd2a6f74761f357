import type { Database } from "node-sqlite3-wasm";
import type { Row, SqlValue } from "../../../src/protocol/values";

/**
 * The rows of a query as the product's own engine gives them: by position, integers as `bigint`, reals as `number`.
 * node-sqlite3-wasm alone gives rows by column name and one kind of number, so a view asks SQLite for the type of each value.
 */
export function selectRows(database: Database, select: string): Row[] {
	database.exec(`create temp view selected as ${select}`);
	try {
		const names = database.all("pragma temp.table_info(selected)").map((column) => quoteName(String(column["name"])));
		const pairs = names.map((name, column) => `${name} as v${column}, typeof(${name}) as t${column}`);
		return database.all(`select ${pairs.join(", ")} from temp.selected`).map((found) =>
			names.map((_, column): SqlValue => {
				const value = found[`v${column}`];
				if (typeof value === "number" && found[`t${column}`] === "integer") return BigInt(value);
				if (value === undefined || (typeof value === "object" && !(value === null || value instanceof Uint8Array))) {
					throw new TypeError(`column ${column} of ${select} has no value`);
				}
				return value;
			}),
		);
	} finally {
		database.exec("drop view temp.selected");
	}
}

function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
