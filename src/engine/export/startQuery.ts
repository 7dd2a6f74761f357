import type { ExportSource } from "../../protocol/export";
import { decodeRow } from "../../protocol/rows";
import type { Cursor } from "../cursor";
import type { SnapshotDatabase } from "../snapshotDatabase";

export type QuerySource = Extract<ExportSource, { kind: "query" }>;

/** Starts the one statement of a query that is exported. Throws `SqlError`. */
export function startQuery(database: SnapshotDatabase, { sql, parameters }: QuerySource): Cursor {
	return database.query(sql, parameters === undefined ? [] : decodeRow(parameters));
}
