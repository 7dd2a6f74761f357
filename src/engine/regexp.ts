import type { TextEncoding } from "../core/sqlite/databaseHeader";

/** What sql.js makes of a value that it hands to a function. */
type Argument = null | number | string | Uint8Array;

/** A leading `(?i)`, the way to say that case does not matter. */
const IGNORE_CASE = /^\(\?i\)/;

/**
 * SQL's `value REGEXP pattern`, which calls this: whether a regular expression of JavaScript matches somewhere in the
 * value; NULL where either is. A blob is read as text. Throws `SyntaxError` for what is no regular expression.
 */
export function regexpFunction(encoding: TextEncoding): (pattern: Argument, value: Argument) => boolean | null {
	const decoder = new TextDecoder(encoding, { ignoreBOM: true });
	let compiled: { readonly pattern: string; readonly expression: RegExp } | undefined;
	const text = (value: number | string | Uint8Array) =>
		value instanceof Uint8Array ? decoder.decode(value) : String(value);
	return (pattern, value) => {
		if (pattern === null || value === null) return null;
		const source = text(pattern);
		if (compiled?.pattern !== source) compiled = { pattern: source, expression: compile(source) };
		return compiled.expression.test(text(value));
	};
}

/** By code points, as SQLite counts characters; patterns that this is too strict for, by UTF-16 units. */
function compile(source: string): RegExp {
	const flags = IGNORE_CASE.test(source) ? "i" : "";
	const pattern = source.replace(IGNORE_CASE, "");
	try {
		return new RegExp(pattern, `${flags}u`);
	} catch {
		return new RegExp(pattern, flags);
	}
}
