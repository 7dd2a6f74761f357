import { nameOf, type SqlToken, sqlTokens } from "../../core/sqlite/sqlTokens";
import type { SqlRange } from "./sqlEditor";

const NEAR = /^near "([\s\S]*)": syntax error$/;
const UNRECOGNIZED = /^unrecognized token: "([\s\S]*)"$/;
const NAMED =
	/^(?:no such (?:column|table|function|collation sequence|index|window)|ambiguous column name|misuse of aggregate(?: function)?|wrong number of arguments to function):? "?([\s\S]+?)"?(?:\(\)| - should this be a string literal in single-quotes\?)?$/;

/**
 * Where in a statement SQLite's complaint is about; none where it does not say. sql.js does not tell the offset that
 * SQLite knows, so it is found by the words of the message: exactly for an error of syntax; of a name that is not there,
 * every place where it is written.
 *
 * @param complaint What SQLite says of a text, prepared but not run.
 */
export async function errorPlaces(
	sql: string,
	message: string,
	complaint: (sql: string) => Promise<string | undefined>,
): Promise<readonly SqlRange[]> {
	const tokens = [...sqlTokens(sql)].filter(({ kind }) => kind !== "blank");
	if (message === "incomplete input") return tokens.slice(-1).map(rangeOf);
	const near = NEAR.exec(message)?.[1];
	if (near !== undefined) {
		const candidates = tokens.filter(({ text }) => text === near);
		const at = await firstWith(
			candidates,
			async (token) => (await complaint(sql.slice(0, rangeOf(token).to))) === message,
		);
		return at === undefined ? [] : [rangeOf(at)];
	}
	const unrecognized = UNRECOGNIZED.exec(message)?.[1];
	if (unrecognized !== undefined) {
		return tokens
			.filter(({ text }) => text.startsWith(unrecognized))
			.slice(0, 1)
			.map(rangeOf);
	}
	const named = NAMED.exec(message)?.[1];
	return named === undefined ? [] : placesOf(named, tokens);
}

/** The first that holds; of those behind it all do. */
async function firstWith<Item>(
	items: readonly Item[],
	holds: (item: Item) => Promise<boolean>,
): Promise<Item | undefined> {
	let low = 0;
	let high = items.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (await holds(items[middle]!)) high = middle;
		else low = middle + 1;
	}
	return items[low];
}

/** Every place of a name, which may have others before it: `t.a`, `main.t`. */
function placesOf(name: string, tokens: readonly SqlToken[]): readonly SqlRange[] {
	const places = tokens.flatMap((_, first) => {
		let written = "";
		for (let last = first; last < tokens.length; last++) {
			const token = tokens[last]!;
			const part = (last - first) % 2 === 0 ? nameOf(token) : token.text === "." ? "." : undefined;
			if (part === undefined) return [];
			written += part;
			if (written.length >= name.length) {
				const equal = written.toLowerCase() === name.toLowerCase();
				return equal ? [{ from: tokens[first]!.start, to: rangeOf(token).to }] : [];
			}
		}
		return [];
	});
	if (places.length > 0 || !name.includes(".")) return places;
	// SQLite names the database where the statement does not.
	return placesOf(name.slice(name.indexOf(".") + 1), tokens);
}

function rangeOf({ start, text }: SqlToken): SqlRange {
	return { from: start, to: start + text.length };
}
