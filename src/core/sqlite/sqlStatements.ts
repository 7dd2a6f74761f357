import { sqlTokens } from "./sqlTokens";

/** A statement in a text of several: without its semicolon, and the blanks and comments around it. */
export interface SqlStatement {
	readonly text: string;
	/** Where it begins in the whole. */
	readonly start: number;
}

/**
 * The statements of a text, in order. SQLite ends one at any semicolon that is no part of a string, a name or a comment,
 * but for those inside a trigger's definition, which this does not know: it would write, and is refused.
 */
export function sqlStatements(sql: string): readonly SqlStatement[] {
	const statements: SqlStatement[] = [];
	let start = -1;
	let end = 0;
	const finish = () => {
		if (start >= 0) statements.push({ text: sql.slice(start, end), start });
		start = -1;
	};
	for (const token of sqlTokens(sql)) {
		if (token.kind === "semicolon") {
			finish();
		} else if (token.kind !== "blank") {
			if (start < 0) start = token.start;
			end = token.start + token.text.length;
		}
	}
	finish();
	return statements;
}
