import type { InvalidText, SqlValue } from "../protocol/values";
import type { PreparedStatement } from "./idleStatements";
import { SQLITE_DONE, SQLITE_ROW, SqlError } from "./sqlError";
import type { Sqlite } from "./sqlite";

/** Types of a value: https://www.sqlite.org/c3ref/c_blob.html */
const INTEGER = 1;
const FLOAT = 2;
const TEXT = 3;
const BLOB = 4;

/** A larger text or blob is not handed out. */
export const MAX_VALUE_BYTES = 64 << 20;

/** What a cursor needs of the database it belongs to. */
export interface CursorContext {
	readonly sqlite: Sqlite;
	/** The error that SQLite's result code stands for. */
	fail(code: number): Error;
	/** Takes back the statement once it is not run any more; `failed`: SQLite answered with an error. */
	leave(statement: PreparedStatement, failed: boolean): void;
}

/** A statement being run: its rows, one after another, every value exact. Whoever opens it closes it. */
export class Cursor {
	readonly columns: readonly string[];
	readonly #context: CursorContext;
	readonly #prepared: PreparedStatement;
	/** The `sqlite3_stmt*`; 0 when it has been given back. */
	#statement: number;

	/** `prepared`: given back to the context when the cursor is closed. */
	constructor(context: CursorContext, prepared: PreparedStatement) {
		this.#context = context;
		this.#prepared = prepared;
		this.#statement = prepared.pointer;
		this.columns = prepared.columns;
	}

	/** The next row, or `undefined` after the last, which closes the cursor. Throws `SqlError`, and is closed then. */
	next(): SqlValue[] | undefined {
		if (!this.#step()) return undefined;
		try {
			return this.columns.map((_, n) => this.#value(n));
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** Goes past so many rows, or to the end, which closes the cursor. Answers past how many. Throws as `next` does. */
	skip(rowCount: number): number {
		for (let skipped = 0; skipped < rowCount; skipped++) if (!this.#step()) return skipped;
		return rowCount;
	}

	/** Whether there is another row, which the statement is at then. */
	#step(): boolean {
		if (this.#statement === 0) return false;
		const code = this.#context.sqlite.api._sqlite3_step(this.#statement);
		if (code === SQLITE_ROW) return true;
		const error = code === SQLITE_DONE ? undefined : this.#context.fail(code);
		this.#leave(error !== undefined);
		if (error !== undefined) throw error;
		return false;
	}

	close(): void {
		this.#leave(false);
	}

	#leave(failed: boolean): void {
		if (this.#statement === 0) return;
		this.#statement = 0;
		this.#context.leave(this.#prepared, failed);
	}

	#value(column: number): SqlValue {
		const { api } = this.#context.sqlite;
		switch (api._sqlite3_column_type(this.#statement, column)) {
			case INTEGER:
				return this.#integer(column);
			case FLOAT:
				return api._sqlite3_column_double(this.#statement, column);
			case TEXT:
				return this.#text(this.#bytes(column));
			case BLOB:
				return this.#bytes(column).slice();
			default:
				return null;
		}
	}

	#integer(column: number): bigint {
		const { sqlite } = this.#context;
		const rounded = sqlite.api._sqlite3_column_double(this.#statement, column);
		if (Number.isSafeInteger(rounded)) return BigInt(rounded);
		return BigInt(cString(sqlite, sqlite.api._sqlite3_column_text(this.#statement, column)));
	}

	/** Bytes of a text or blob as they are stored; asked for as a blob, text is not converted. In SQLite's memory. */
	#bytes(column: number): Uint8Array {
		const { api, memory } = this.#context.sqlite;
		const pointer = api._sqlite3_column_blob(this.#statement, column);
		const length = api._sqlite3_column_bytes(this.#statement, column);
		if (length > MAX_VALUE_BYTES) {
			throw new SqlError(
				"too-large",
				`The value in column ${this.columns[column]} has ${length} bytes; more than ${MAX_VALUE_BYTES} are not shown. Select a part of it with substr().`,
			);
		}
		return memory().subarray(pointer, pointer + length);
	}

	#text(bytes: Uint8Array): string | InvalidText {
		try {
			return this.#prepared.decoder.decode(bytes);
		} catch {
			return { invalidText: bytes.slice() }; // not valid in the database's encoding
		}
	}
}

/** UTF-8 text that ends with a zero byte. Invalid bytes become U+FFFD. */
export function cString(sqlite: Sqlite, pointer: number): string {
	const memory = sqlite.memory();
	return new TextDecoder().decode(memory.subarray(pointer, memory.indexOf(0, pointer)));
}
