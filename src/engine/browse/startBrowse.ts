import type { BrowseSpec } from "../../protocol/browse";
import type { SnapshotDatabase } from "../snapshotDatabase";
import { SqlError } from "../sqlError";
import { CollectedRows } from "./collectedRows";
import type { RowFinder } from "./rowFinder";
import { SampledRows } from "./sampledRows";
import { tableLayout } from "./tableLayout";

export interface TableBrowse {
	readonly columns: readonly string[];
	readonly types: readonly string[];
	/** `undefined` where rows have no key to find them again by. */
	readonly finder: RowFinder | undefined;
}

/** Starts a browse. Throws `SqlError`. */
export function startBrowse(database: SnapshotDatabase, spec: BrowseSpec): TableBrowse {
	const table = tableLayout(database, spec.table);
	for (const { column } of [...spec.filters, ...spec.order]) {
		// SQLite would take an unknown name in quotes for a text.
		if (!table.columns.includes(column)) throw new SqlError("sql", `no such column: ${column}`);
	}
	const { columns, types } = table;
	if (table.key.length === 0) return { columns, types, finder: undefined };
	const isWhole = spec.filters.length === 0 && spec.order.length === 0;
	const finder = isWhole ? new SampledRows(database, table) : new CollectedRows(database, table, spec);
	return { columns, types, finder };
}
