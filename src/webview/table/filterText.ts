import type { ColumnFilter, SortColumn } from "../../protocol/browse";
import { decodeRow } from "../../protocol/rows";
import { formatCell } from "../cell/formatValue";
import { t } from "../l10n";

/** What a filter lets pass, in words. */
export function filterText(filter: ColumnFilter): string {
	const { column } = filter;
	switch (filter.kind) {
		case "null":
			return t("{0} is NULL", column);
		case "not-null":
			return t("{0} is not NULL", column);
		case "contains":
			return withCase(t("{0} contains “{1}”", column, filter.text), filter.caseSensitive);
		case "equals":
			return withCase(t("{0} is “{1}”", column, filter.text), filter.caseSensitive);
		case "matches":
			return withCase(t("{0} matches /{1}/", column, filter.pattern), filter.caseSensitive);
		case "range":
			return rangeText(column, filter.bounds);
		case "is":
			return t("{0} = {1}", column, valueText(filter.value));
		default:
			return filter satisfies never;
	}
}

/** By what rows are in order, in words. */
export function sortText({ column, descending }: SortColumn): string {
	return descending ? t("By {0}, descending", column) : t("By {0}, ascending", column);
}

function withCase(text: string, caseSensitive: boolean): string {
	return caseSensitive ? t("{0}, case matters", text) : text;
}

function rangeText(column: string, bounds: Uint8Array): string {
	const [from = null, to = null] = decodeRow(bounds).map((value) => (value === null ? null : formatCell(value).text));
	if (from === null) return t("{0} ≤ {1}", column, to ?? "");
	return to === null ? t("{0} ≥ {1}", column, from) : t("{1} ≤ {0} ≤ {2}", column, from, to);
}

function valueText(value: Uint8Array): string {
	return formatCell(decodeRow(value)[0] ?? null).text;
}
