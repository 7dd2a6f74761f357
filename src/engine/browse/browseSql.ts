import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import type { ColumnFilter, FilterTest, SortColumn } from "../../protocol/browse";
import { decodeRow } from "../../protocol/rows";
import type { SqlValue } from "../../protocol/values";

/** The SQL that stands for a value: a parameter, or a literal. */
export type Place = (value: SqlValue) => string;

/** What a row must be to pass the filters; `undefined` when each does. */
export function filterSql(filters: readonly ColumnFilter[], place: Place): string | undefined {
	if (filters.length === 0) return undefined;
	return filters.map((filter) => testSql(quoteIdentifier(filter.column), filter, place)).join(" AND ");
}

/** The columns of an order, without what decides between equal rows; `undefined` where there are none. */
export function orderSql(order: readonly SortColumn[]): string | undefined {
	if (order.length === 0) return undefined;
	return order.map(({ column, descending }) => `${quoteIdentifier(column)}${descending ? " DESC" : ""}`).join(", ");
}

function testSql(column: string, test: FilterTest, place: Place): string {
	switch (test.kind) {
		case "null":
			return `${column} IS NULL`;
		case "not-null":
			return `${column} IS NOT NULL`;
		case "contains":
			if (test.caseSensitive) return `instr(${column}, ${place(test.text)}) > 0`;
			if (!isAscii(test.text)) return matchesSql(column, escapeRegExp(test.text), false, place);
			return `instr(lower(${column}), ${place(test.text.toLowerCase())}) > 0`;
		case "equals":
			if (test.caseSensitive) return equalsSql(column, test.text, place);
			if (!isAscii(test.text)) return matchesSql(column, `^${escapeRegExp(test.text)}$`, false, place);
			return `lower(${column}) = ${place(test.text.toLowerCase())}`;
		case "matches":
			return matchesSql(column, test.pattern, test.caseSensitive, place);
		case "range":
			return rangeSql(column, decodeRow(test.bounds), place);
		case "is":
			return `${column} = ${place(decodeRow(test.value)[0] ?? null)}`;
		default:
			return test satisfies never;
	}
}

/** Of a number that is typed, both the text and the number: a column without a type keeps them apart. */
function equalsSql(column: string, text: string, place: Place): string {
	const value = typedValue(text);
	return typeof value === "string" ? `${column} = ${place(text)}` : `${column} IN (${place(text)}, ${place(value)})`;
}

function rangeSql(column: string, [from = null, to = null]: readonly SqlValue[], place: Place): string {
	const tests = [
		...(from === null ? [] : [`${column} >= ${place(from)}`]),
		...(to === null ? [] : [`${column} <= ${place(to)}`]),
	];
	return tests.length === 0 ? `${column} IS NOT NULL` : tests.join(" AND ");
}

/** The bytes of a text are all there, those behind a NUL too, and integers are exact. */
function matchesSql(column: string, pattern: string, caseSensitive: boolean, place: Place): string {
	return `CAST(${column} AS BLOB) REGEXP ${place(caseSensitive ? pattern : `(?i)${pattern}`)}`;
}

/** What somebody means who types this for a value: a number where it is one, else text. */
export function typedValue(text: string): SqlValue {
	const trimmed = text.trim();
	if (/^[+-]?\d+$/.test(trimmed)) {
		const value = BigInt(trimmed.replace(/^\+/, ""));
		if (BigInt.asIntN(64, value) === value) return value;
	}
	return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : text;
}

/** `lower()` knows the case of these alone. */
function isAscii(text: string): boolean {
	return /^\p{ASCII}*$/u.test(text);
}

function escapeRegExp(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
