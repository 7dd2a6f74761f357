/**
 * `quoted`: a name in quotes, backticks or brackets; `other`: a single character, of an operator or out of place.
 * What is not closed runs to the end of the text.
 */
export type SqlTokenKind = "blank" | "string" | "quoted" | "parameter" | "word" | "number" | "semicolon" | "other";

export interface SqlToken {
	readonly kind: SqlTokenKind;
	readonly text: string;
	readonly start: number;
}

/** As SQLite takes a text apart: https://www.sqlite.org/src/file/src/tokenize.c. Longest kinds first. */
const KINDS: readonly (readonly [SqlTokenKind, RegExp])[] = [
	["blank", /[ \t\n\f\r][ \t\n\v\f\r]*|\ufeff|--[^\n]*|\/\*(?!$)[\s\S]*?(?:\*\/|$)/],
	["string", /[xX]?'(?:[^']|'')*'?/],
	["quoted", /"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?/],
	["parameter", /\?\d*|[:@$#][\w$\u0080-\uffff]+(?:::[\w$\u0080-\uffff]+)*/],
	["number", /\.?\d[\w.]*(?:(?<=[eE])[+-]\d+)?/],
	["word", /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/],
	["semicolon", /;/],
	["other", /[\s\S]/],
];
const TOKEN = new RegExp(KINDS.map(([, { source }]) => `(${source})`).join("|"), "g");

/** The tokens of an SQL text, in order, without a gap. */
export function* sqlTokens(sql: string): Generator<SqlToken> {
	for (const match of sql.matchAll(TOKEN)) {
		const group = match.findIndex((text, n) => n > 0 && text !== undefined);
		yield { kind: KINDS[group - 1]![0], text: match[0], start: match.index };
	}
}

/** The name that a word, or a name in quotes, stands for; `undefined` for other tokens. */
export function nameOf({ kind, text }: SqlToken): string | undefined {
	if (kind === "word") return text;
	if (kind !== "quoted") return undefined;
	const quote = text.startsWith("[") ? "]" : text.charAt(0);
	const inner = text.slice(1, text.length > 1 && text.endsWith(quote) ? -1 : undefined);
	return quote === "]" ? inner : inner.replaceAll(quote + quote, quote);
}
