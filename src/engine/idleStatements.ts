import type { Sqlite } from "./sqlite";

/** A statement that SQLite has prepared. Whoever has it finalizes it, or gives it back. */
export interface PreparedStatement {
	readonly sql: string;
	/** Whether it is likely to be run again, with other values for its parameters. */
	readonly hasParameters: boolean;
	/** The `sqlite3_stmt*`. */
	readonly pointer: number;
	readonly columns: readonly string[];
	/** Of the text in its columns. */
	readonly decoder: TextDecoder;
}

const MOST_STATEMENTS = 16;
/** What is longer is made for the occasion. */
const MOST_CHARACTERS = 1000;

/** Statements ready to be run again: to prepare one takes longer than to look up a row by its key. */
export class IdleStatements {
	/** By their text, least recently used first. */
	readonly #idle = new Map<string, PreparedStatement>();

	constructor(private readonly sqlite: Sqlite) {}

	/** One with this text, without values for its parameters; it is the caller's then. */
	take(sql: string): PreparedStatement | undefined {
		const statement = this.#idle.get(sql);
		this.#idle.delete(sql);
		return statement;
	}

	/** Takes over a statement that nobody runs any more and that has not failed. */
	give(statement: PreparedStatement): void {
		const { sql, pointer } = statement;
		if (this.#idle.has(sql) || sql.length > MOST_CHARACTERS) {
			this.#finalize(statement);
			return;
		}
		this.sqlite.api._sqlite3_reset(pointer);
		this.sqlite.api._sqlite3_clear_bindings(pointer);
		this.#idle.set(sql, statement);
		const [oldest] = this.#idle.values();
		if (this.#idle.size > MOST_STATEMENTS && oldest !== undefined) {
			this.#idle.delete(oldest.sql);
			this.#finalize(oldest);
		}
	}

	/** Before the database is closed. */
	clear(): void {
		for (const statement of this.#idle.values()) this.#finalize(statement);
		this.#idle.clear();
	}

	#finalize({ pointer }: PreparedStatement): void {
		this.sqlite.api._sqlite3_finalize(pointer);
	}
}
