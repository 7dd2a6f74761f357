import { sqlParameters } from "../core/sqlite/sqlParameters";
import type { Row, SqlValue } from "../core/sqlValue";
import { EXIT, Failure, oneLine } from "./failure";

/** The values that the command line names, by the parameter's name without what it begins with, or its number. */
export type Parameters = ReadonlyMap<string, SqlValue>;

/** What `--param name=value` gave. Throws `Failure`. */
export function parseParameters(given: readonly string[] = []): Parameters {
	const parameters = new Map<string, SqlValue>();
	for (const text of given) {
		const [, name, value] = /^[?:@$]?([^=]+)=([\s\S]*)$/.exec(text) ?? [];
		if (name === undefined || value === undefined)
			throw new Failure(EXIT.usage, `--param takes name=value, or number=value, not ${oneLine(text)}.`);
		parameters.set(name, parseValue(value));
	}
	return parameters;
}

const MAX_INTEGER = 2n ** 63n - 1n;

/** A value as SQL writes it: NULL, an integer, a real, 'text', x'626c6f62'. Anything else is the text that it is. */
function parseValue(text: string): SqlValue {
	if (/^null$/i.test(text)) return null;
	if (/^[+-]?\d+$/.test(text)) {
		const integer = BigInt(text.replace(/^\+/, ""));
		return integer >= -MAX_INTEGER - 1n && integer <= MAX_INTEGER ? integer : Number(text);
	}
	if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
	if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
	const [, hex] = /^x'((?:[\da-f]{2})*)'$/i.exec(text) ?? [];
	return hex === undefined ? text : Uint8Array.from(Buffer.from(hex, "hex"));
}

/** The values of a statement's parameters, in order. Throws `Failure` where one has none. */
export function bound(sql: string, parameters: Parameters): Row {
	const found = sqlParameters(sql);
	const values = new Map<number, SqlValue>();
	for (const { text, position } of found) {
		const value = [text.slice(1), String(position)]
			.map((name) => parameters.get(name))
			.find((one) => one !== undefined);
		if (value !== undefined) values.set(position, value);
	}
	const without = found.find(({ position }) => !values.has(position));
	if (without !== undefined) {
		const { text, position } = without;
		const option = text.startsWith("?") ? position : text.slice(1);
		throw new Failure(EXIT.usage, `The parameter ${text} has no value: give it one with --param ${option}=<value>.`);
	}
	return Array.from({ length: Math.max(0, ...values.keys()) }, (_, n) => values.get(n + 1) ?? null);
}

/** Throws `Failure` where a value was given for a parameter that none of the statements has. */
export function checkUsed(statements: readonly string[], parameters: Parameters): void {
	const found = statements.flatMap(sqlParameters);
	const names = new Set(found.flatMap(({ text, position }) => [text.slice(1), String(position)]));
	for (const name of parameters.keys()) {
		if (names.has(name)) continue;
		throw new Failure(EXIT.usage, `There is no parameter ${oneLine(name)} in the SQL, which --param has a value for.`);
	}
}
