import { sqlTokens } from "./sqlTokens";

/** A parameter where it stands in a statement. */
export interface SqlParameter {
	/** As it is written: `?`, `?5`, `:name`, `@name`, `$name`. */
	readonly text: string;
	/** As SQLite counts them, from 1. The same name is the same parameter. */
	readonly position: number;
	readonly start: number;
	readonly endExclusive: number;
}

/** The parameters of a statement, each place where one stands, in order: https://www.sqlite.org/lang_expr.html#varparam */
export function sqlParameters(sql: string): readonly SqlParameter[] {
	const found: SqlParameter[] = [];
	const positions = new Map<string, number>();
	let last = 0;
	for (const { kind, text, start } of sqlTokens(sql)) {
		if (kind !== "parameter") continue;
		const known = positions.get(text);
		const position = text === "?" ? last + 1 : text.startsWith("?") ? Number(text.slice(1)) : (known ?? last + 1);
		if (text !== "?") positions.set(text, position);
		last = Math.max(last, position);
		found.push({ text, position, start, endExclusive: start + text.length });
	}
	return found;
}
