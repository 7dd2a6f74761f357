import type { Database } from "sql.js";
import type { ByteSource } from "../core/files";
import { DATABASE_HEADER_SIZE, parseDatabaseHeader, type TextEncoding } from "../core/sqlite/databaseHeader";
import { quoteIdentifier } from "../core/sqlite/quoteIdentifier";
import type { SchemaObject } from "../protocol/engine";
import type { Row } from "../protocol/values";
import { bindParameters, withWideIntegers } from "./bindParameters";
import { Cursor, type CursorContext, cString } from "./cursor";
import { IdleStatements, type PreparedStatement } from "./idleStatements";
import { refusal, skipBlank } from "./readOnly";
import { regexpFunction } from "./regexp";
import { SQLITE_OK, SqlError, sqliteError } from "./sqlError";
import type { Sqlite } from "./sqlite";
import { StandIn } from "./standIn";

/** When sql.js no longer reads through the stand-in, databases up to this size are given to it as real bytes. */
const MAX_COPY_BYTES = 1 << 30;

/** So much memory SQLite may take, for all statements together: a value of a gigabyte fails instead of filling it. */
const MAX_HEAP_BYTES = 512 << 20;

/** For pages that have been read: some thousand look-ups all over a large table find theirs again. */
const PAGE_CACHE_BYTES = 10 << 20;

/** SQL over one page image, read-only. Whoever opens it closes it. */
export class SnapshotDatabase implements CursorContext {
	readonly encoding: TextEncoding;
	/** Whether pages are read when SQLite asks for them; false when all had to be copied first. */
	readonly lazily: boolean;
	readonly #database: Database;
	readonly #standIn: StandIn;
	readonly #idle: IdleStatements;

	/** `image`: the database; read from until `close`. Throws `SqlError` when SQLite cannot open it. */
	constructor(
		readonly sqlite: Sqlite,
		image: ByteSource,
	) {
		this.encoding = encodingOf(image);
		this.#idle = new IdleStatements(sqlite);
		this.#standIn = new StandIn(image);
		const lazy = new sqlite.api.Database(this.#standIn);
		// Of a database without a page SQLite reads nothing.
		this.lazily = image.sizeBytes === 0 || this.#readsLazily(lazy);
		if (!this.lazily) lazy.close();
		this.#database = this.lazily ? lazy : new sqlite.api.Database(this.#copy(image));
		this.#database.create_function("regexp", regexpFunction(this.encoding));
		this.#run("PRAGMA query_only = 1", this.#database);
		// Nobody else has this file: SQLite need not look at each statement whether it changed, and its pages stay.
		this.#prefer("PRAGMA locking_mode = exclusive");
		this.#prefer(`PRAGMA cache_size = -${PAGE_CACHE_BYTES >> 10}`);
		this.#run(`PRAGMA hard_heap_limit = ${MAX_HEAP_BYTES}`, this.#database);
	}

	/**
	 * Starts the one statement in `sql`, with values for its parameters, the first for `?1`; those without one are NULL.
	 * Throws `SqlError`: refused because it would write, wrong, or several.
	 */
	query(sql: string, parameters: Row = []): Cursor {
		const text = withWideIntegers(sql, parameters);
		const prepared = this.#idle.take(text) ?? this.#preparedFor(text, parameters.length > 0);
		try {
			bindParameters(this.sqlite, prepared.pointer, parameters, this.encoding, (code) => this.fail(code));
		} catch (error) {
			this.leave(prepared, true);
			throw error;
		}
		return new Cursor(this, prepared);
	}

	/** See `CursorContext`. */
	leave(statement: PreparedStatement, failed: boolean): void {
		if (!failed && statement.hasParameters) this.#idle.give(statement);
		else this.sqlite.api._sqlite3_finalize(statement.pointer);
	}

	/** Throws `SqlError`. */
	#preparedFor(sql: string, hasParameters: boolean): PreparedStatement {
		const refused = refusal(sql);
		if (refused !== undefined) throw new SqlError("write-refused", refused);
		const { statement, tail } = this.#prepare(sql, this.#database);
		if (statement === 0) throw new SqlError("sql", "There is no statement to run.");
		const { api } = this.sqlite;
		const rest = skipBlank(tail);
		if (rest !== "") {
			api._sqlite3_finalize(statement);
			throw new SqlError("sql", `One statement at a time: behind the first one stands "${rest.slice(0, 40)}".`);
		}
		// The plan of a statement is text of SQLite's own, which is UTF-8 whatever the database's encoding.
		const encoding = /^explain\b/i.test(skipBlank(sql)) ? "utf-8" : this.encoding;
		const name = (_: unknown, n: number) => cString(this.sqlite, api._sqlite3_column_name(statement, n));
		return {
			sql,
			hasParameters,
			pointer: statement,
			columns: Array.from({ length: api._sqlite3_column_count(statement) }, name),
			decoder: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }),
		};
	}

	/** Tables, views, indexes and triggers, in that order, by name. Throws `SqlError`. */
	schema(): readonly SchemaObject[] {
		const kinds = ["table", "view", "index", "trigger"] as const;
		const objects: SchemaObject[] = [];
		const rows = this.query("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name");
		for (let row = rows.next(); row; row = rows.next()) {
			const [type, name, table, sql] = row;
			const kind = kinds.find((known) => known === type);
			if (kind && typeof name === "string" && typeof table === "string") {
				objects.push({ kind, name, table, sql: typeof sql === "string" ? sql : undefined });
			}
		}
		return kinds
			.flatMap((kind) => objects.filter((object) => object.kind === kind))
			.map((object) => this.#usable(object));
	}

	/** Number of rows of a table or view. */
	countRows(name: string): number {
		const cursor = this.query(`SELECT count(*) FROM ${quoteIdentifier(name)}`);
		const count = cursor.next()?.[0];
		cursor.close();
		return Number(count);
	}

	close(): void {
		this.#idle.clear();
		this.#database.close();
	}

	/** Where in the image SQLite began its last read. */
	get lastReadOffset(): number {
		return this.#standIn.lastOffset;
	}

	/** The error that SQLite's result code stands for; a file that could not be read is named. */
	fail(code: number): Error {
		return this.#failure(code, this.#database);
	}

	#failure(code: number, database: Database): Error {
		if (this.#standIn.failure) {
			const cause = this.#standIn.failure;
			this.#standIn.failure = undefined;
			return new SqlError("unreadable", cause instanceof Error ? cause.message : String(cause));
		}
		return sqliteError(code, cString(this.sqlite, this.sqlite.api._sqlite3_errmsg(database.db)));
	}

	/** Says of a virtual table whose module is missing that it cannot be read. */
	#usable(object: SchemaObject): SchemaObject {
		if (object.kind !== "table" || !object.sql || !/^create\s+virtual\s/i.test(object.sql)) return object;
		try {
			this.query(`SELECT 1 FROM ${quoteIdentifier(object.name)}`).close();
			return object;
		} catch (error) {
			return { ...object, unusable: error instanceof Error ? error.message : String(error) };
		}
	}

	/** Whether SQLite, asked for the schema, reads through the stand-in. */
	#readsLazily(database: Database): boolean {
		const readsBefore = this.#standIn.reads;
		try {
			this.#run("SELECT count(*) FROM sqlite_schema", database);
		} catch (error) {
			// A schema that SQLite finds fault with has been read all the same.
			if (!(error instanceof SqlError)) throw error;
		}
		return this.#standIn.reads > readsBefore;
	}

	#copy(image: ByteSource): Uint8Array {
		if (image.sizeBytes > MAX_COPY_BYTES) {
			throw new SqlError(
				"too-large",
				`sql.js does not read page by page here, and ${image.sizeBytes} bytes are too many to copy.`,
			);
		}
		const bytes = new Uint8Array(image.sizeBytes);
		for (let at = 0; at < bytes.byteLength; at += 1 << 20) bytes.set(this.#standIn.subarray(at, at + (1 << 20)), at);
		return bytes;
	}

	/** Runs what only speed depends on. SQLite reads the schema for it, and may find fault with that. */
	#prefer(sql: string): void {
		try {
			this.#run(sql, this.#database);
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
		}
	}

	#run(sql: string, database: Database): void {
		const { statement } = this.#prepare(sql, database);
		const { api } = this.sqlite;
		const code = api._sqlite3_step(statement);
		const failure = code < 100 ? this.#failure(code, database) : undefined;
		api._sqlite3_finalize(statement);
		if (failure) throw failure;
	}

	/** `statement` is 0 when the text holds none. */
	#prepare(sql: string, database: Database): { readonly statement: number; readonly tail: string } {
		const { api, memory } = this.sqlite;
		const text = new TextEncoder().encode(sql);
		const pointer = api._malloc(text.byteLength + 1 + 3 + 8);
		if (pointer === 0) throw new SqlError("too-large", "The statement is too long.");
		try {
			const results = pointer + text.byteLength + 1;
			const aligned = results + ((4 - (results % 4)) % 4);
			memory().set(text, pointer);
			memory()[pointer + text.byteLength] = 0;
			const code = api._sqlite3_prepare_v2(database.db, pointer, text.byteLength + 1, aligned, aligned + 4);
			if (code !== SQLITE_OK) throw this.#failure(code, database);
			const view = new DataView(memory().buffer);
			const end = view.getUint32(aligned + 4, true) - pointer;
			return { statement: view.getUint32(aligned, true), tail: new TextDecoder().decode(text.subarray(end)) };
		} finally {
			api._free(pointer);
		}
	}
}

/** Of text in the database. Where nothing has been decided yet, there is none, and SQLite takes UTF-8. */
function encodingOf(image: ByteSource): TextEncoding {
	if (image.sizeBytes === 0) return "utf-8";
	const header = new Uint8Array(DATABASE_HEADER_SIZE);
	image.readInto(header, 0);
	return parseDatabaseHeader(header).encoding ?? "utf-8";
}
