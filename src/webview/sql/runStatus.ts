import { formatCount, formatDuration, t } from "../l10n";
import type { QueryRun } from "./queryRun";

/** What to say of a run below its query. */
export function runStatus(run: Pick<QueryRun, "state" | "columns" | "rows" | "elapsedMs">): string {
	const { rowCount } = run.rows;
	const rows = rowCount === 1 ? t("1 row") : t("{0} rows", formatCount(rowCount));
	const elapsed = formatDuration(run.elapsedMs);
	switch (run.state) {
		case "running":
			return t("Running…");
		case "fetching":
		case "more":
			return t("{0} so far · {1}", rows, elapsed);
		case "done":
			return run.columns.length === 0 ? t("Done, no rows returned · {0}", elapsed) : t("{0} · {1}", rows, elapsed);
		case "full":
			return t("Showing the first {0}; narrow the query · {1}", rows, elapsed);
		case "failed":
			return t("Failed · {0}", elapsed);
		case "cancelled":
			return t("Cancelled · {0}", elapsed);
		default:
			return run.state satisfies never;
	}
}
