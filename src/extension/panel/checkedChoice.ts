import type { ExportChoice, ExportedQuery } from "../../protocol/page";

/** What a page says there is to export; unknown until it has been looked at. */
export function checkedChoice(value: unknown): ExportChoice {
	const { queries, object, partial } = objectOf(value) as Partial<Record<keyof ExportChoice, unknown>>;
	return {
		queries: Array.isArray(queries) ? queries.filter(isQuery) : [],
		object: typeof object === "string" ? object : undefined,
		partial: partial === true,
	};
}

function isQuery(value: unknown): value is ExportedQuery {
	const { sql, parameters } = objectOf(value) as Partial<Record<keyof ExportedQuery, unknown>>;
	return typeof sql === "string" && parameters instanceof Uint8Array;
}

function objectOf(value: unknown): object {
	return typeof value === "object" && value !== null ? value : {};
}
