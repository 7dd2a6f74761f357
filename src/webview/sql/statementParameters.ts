import { sqlParameters } from "../../core/sqlite/sqlParameters";
import { type SqlStatement, sqlStatements } from "../../core/sqlite/sqlStatements";
import type { Row, SqlValue } from "../../protocol/values";
import type { ScriptStatement } from "./scriptRun";
import type { SqlRange } from "./sqlEditor";

/** Larger than SQLite allows: https://www.sqlite.org/limits.html#max_variable_number */
const MAX_POSITION = 32766;

/**
 * A text's statements in a range, and the names of their parameters by position. The same name is the same parameter
 * throughout the text; each `?` is one of its own, and is called by its number in the whole text: `? 1`, `? 2`.
 */
export function parameterized(
	sql: string,
	{ from, to }: SqlRange = { from: 0, to: sql.length },
): readonly (SqlStatement & { readonly names: ReadonlyMap<number, string> })[] {
	let questions = from === 0 ? 0 : countQuestions(sql.slice(0, from));
	return sqlStatements(sql.slice(from, to)).map(({ text, start }) => {
		const names = new Map<number, string>();
		for (const parameter of sqlParameters(text)) {
			if (parameter.position > MAX_POSITION) continue; // SQLite says so
			const name = parameter.text === "?" ? `? ${++questions}` : parameter.text;
			// What is written as `?2` can be the same as one with a name of its own.
			if (!names.has(parameter.position)) names.set(parameter.position, name);
		}
		return { text, start: from + start, names };
	});
}

/** The names of all parameters of a text, each once, in order. */
export function parameterNames(sql: string): readonly string[] {
	return [...new Set(parameterized(sql).flatMap(({ names }) => [...names.values()]))];
}

/** What runs of a text, with a value for each parameter. */
export function statementsOf(
	sql: string,
	range: SqlRange,
	valueFor: (name: string) => SqlValue,
): readonly ScriptStatement[] {
	return parameterized(sql, range).map(({ text, start, names }) => {
		const parameters: SqlValue[] = Array.from({ length: Math.max(0, ...names.keys()) }, () => null);
		for (const [position, name] of names) parameters[position - 1] = valueFor(name);
		return { text, start, parameters: parameters satisfies Row };
	});
}

/** The last statement of a selection, else the one that the cursor is in, or behind, or before. */
export function statementAt(sql: string, { from, to }: SqlRange): SqlStatement | undefined {
	const statements = from === to ? sqlStatements(sql) : parameterized(sql, { from, to });
	return statements.findLast(({ start }) => start <= to) ?? statements[0];
}

function countQuestions(sql: string): number {
	return sqlStatements(sql)
		.flatMap(({ text }) => sqlParameters(text))
		.filter(({ text }) => text === "?").length;
}
