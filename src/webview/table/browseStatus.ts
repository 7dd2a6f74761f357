import { formatCount, t } from "../l10n";
import type { TableRows } from "./tableRows";

/** What to say of the rows of a table. */
export function browseStatus({ state, rowCount, spec }: Pick<TableRows, "state" | "rowCount" | "spec">): string {
	const rows = rowCount === 1 ? t("1 row") : t("{0} rows", formatCount(rowCount));
	switch (state) {
		case "finding":
			return spec.filters.length > 0 ? t("{0} found so far, searching…", rows) : t("{0} so far, counting…", rows);
		case "done":
			return rows;
		case "full":
			return t("The first {0}; narrow the filter", rows);
		case "stopped":
			return t("{0} found, then stopped", rows);
		case "failed":
			return t("Failed");
		case "keyless":
			return "";
		default:
			return state satisfies never;
	}
}
