import type { Row } from "../protocol/values";
import type { SnapshotDatabase } from "./snapshotDatabase";

/** All rows of a statement that answers few. Throws `SqlError`. */
export function allRows(database: SnapshotDatabase, sql: string, parameters: Row = []): Row[] {
	const cursor = database.query(sql, parameters);
	const rows: Row[] = [];
	for (let row = cursor.next(); row; row = cursor.next()) rows.push(row);
	return rows;
}
