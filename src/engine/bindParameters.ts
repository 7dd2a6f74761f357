import type { TextEncoding } from "../core/sqlite/databaseHeader";
import { sqlParameters } from "../core/sqlite/sqlParameters";
import { isInvalidText, type Row, type SqlValue } from "../protocol/values";
import { SQLITE_OK, SqlError } from "./sqlError";
import type { Sqlite } from "./sqlite";

/** Tells SQLite to take a copy of what is bound: https://www.sqlite.org/c3ref/c_static.html */
const SQLITE_TRANSIENT = -1;

/**
 * The statement with the integers in it for which sql.js has no binding, those of more than 32 bits; the other
 * parameters by their number. The same text when there is none such.
 */
export function withWideIntegers(sql: string, parameters: Row): string {
	if (!parameters.some(isWide)) return sql;
	let text = "";
	let at = 0;
	for (const { position, start, endExclusive } of sqlParameters(sql)) {
		const value = parameters[position - 1];
		text += sql.slice(at, start) + (isWide(value) ? `(${value})` : `?${position}`);
		at = endExclusive;
	}
	return text + sql.slice(at);
}

/** Binds values to the parameters of a prepared statement, the first to `?1`. `fail` makes the error of a result code. */
export function bindParameters(
	sqlite: Sqlite,
	statement: number,
	parameters: Row,
	encoding: TextEncoding,
	fail: (code: number) => Error,
): void {
	for (const [n, value] of parameters.entries()) {
		if (isWide(value)) continue; // it stands in the statement
		const code = bind(sqlite, statement, n + 1, value, encoding);
		if (code !== SQLITE_OK) throw fail(code);
	}
}

function isWide(value: SqlValue | undefined): value is bigint {
	return typeof value === "bigint" && BigInt.asIntN(32, value) !== value;
}

function bind(sqlite: Sqlite, statement: number, position: number, value: SqlValue, encoding: TextEncoding): number {
	const { api } = sqlite;
	if (value === null) return SQLITE_OK; // as it is until something is bound
	if (typeof value === "bigint") return api._sqlite3_bind_int(statement, position, Number(value));
	if (typeof value === "number") return api._sqlite3_bind_double(statement, position, value);
	if (typeof value === "string")
		return bindBytes(sqlite, new TextEncoder().encode(value), (pointer, length) =>
			api._sqlite3_bind_text(statement, position, pointer, length, SQLITE_TRANSIENT),
		);
	if (!isInvalidText(value))
		return bindBytes(sqlite, value, (pointer, length) =>
			api._sqlite3_bind_blob(statement, position, pointer, length, SQLITE_TRANSIENT),
		);
	if (encoding !== "utf-8") throw new SqlError("sql", "Text that is not valid cannot be a parameter here.");
	return bindBytes(sqlite, value.invalidText, (pointer, length) =>
		api._sqlite3_bind_text(statement, position, pointer, length, SQLITE_TRANSIENT),
	);
}

/** `bound` is given the bytes in SQLite's memory, for as long as it runs. */
function bindBytes(sqlite: Sqlite, bytes: Uint8Array, bound: (pointer: number, length: number) => number): number {
	const pointer = sqlite.api._malloc(Math.max(1, bytes.byteLength));
	if (pointer === 0) throw new SqlError("too-large", "A parameter is too long.");
	try {
		sqlite.memory().set(bytes, pointer);
		return bound(pointer, bytes.byteLength);
	} finally {
		sqlite.api._free(pointer);
	}
}
