import type { Row } from "../../../src/protocol/values";
import type { RowSource } from "../../../src/webview/grid/rowSource";

/** A source that has all of these rows. */
export function sourceOf(...rows: readonly Row[]): RowSource {
	return {
		columns: (rows[0] ?? []).map((_, column) => `c${column}`),
		rowCount: rows.length,
		complete: true,
		row: (position) => rows[position],
		want: () => {},
		watch: () => () => {},
	};
}
