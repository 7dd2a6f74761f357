import type { CheckedImage } from "../core/sqlite/btree/databaseCheck";
import { type TablePart, tableParts } from "../core/sqlite/btree/tableParts";
import type { SqlValue } from "../protocol/values";
import { allRows } from "./allRows";
import { type KeyPart, tableLayout } from "./browse/tableLayout";
import type { Cursor } from "./cursor";
import type { SnapshotDatabase } from "./snapshotDatabase";
import { SqlError } from "./sqlError";

/** Rows that were left out because they cannot be read. */
export interface SkippedRows {
	/** The damaged page; `undefined` where SQLite alone found something wrong. */
	readonly page: number | undefined;
	/** The rowids that they can have, both included; `undefined` for a table without rowids. */
	readonly rowids: readonly [first: bigint, last: bigint] | undefined;
	/** Why, as a sentence without its full stop. */
	readonly reason: string;
}

/** So many are told. */
const MAX_SKIPPED = 1000;

/** One statement reads about so many rows. */
const ROWS_PER_STATEMENT = 10_000;

/** A statement that is to give so many rows and no more, so that it does not step on the page behind them. */
interface Run {
	readonly first: bigint;
	last: bigint;
	rows: number;
}

/**
 * What reads of a table whose pages are damaged, as rows in the order of their rowids. Rows on a damaged page are left
 * out, and a row whose value cannot be read alone; what was left out is in `skipped`. Of a table without rowids, which
 * cannot be entered in the middle, rows come from the front up to the damage, then from the back. Whoever opens it closes it.
 */
export class SalvageCursor {
	readonly columns: readonly string[];
	/** So far, in the order of the rows. */
	readonly skipped: SkippedRows[] = [];
	/** How many there are; more than `skipped` has where there are too many to list. */
	skippedCount = 0;
	/** As SQL. */
	readonly #source: string;
	readonly #rows: Generator<SqlValue[], void>;
	#cursor: Cursor | undefined;

	/** @param image What `database` was opened over. @param table Exact name of a table. Throws `SqlError`. */
	constructor(
		private readonly database: SnapshotDatabase,
		image: CheckedImage,
		private readonly table: string,
	) {
		const { source, columns, key } = tableLayout(database, table);
		this.#source = source;
		this.columns = columns;
		const [first] = key;
		if (first !== undefined && first.collation === undefined) {
			this.#rows = this.#byRowids(tableParts(image, this.#rootPage()), first.sql);
		} else {
			this.#rows = this.#fromBothEnds(key);
		}
	}

	/** The next row that reads, or `undefined` after the last. Throws `SqlError` where a file cannot be read. */
	next(): SqlValue[] | undefined {
		return this.#rows.next().value ?? undefined;
	}

	close(): void {
		this.#cursor?.close();
		this.#rows.return();
	}

	*#byRowids(parts: Iterable<TablePart>, rowid: string): Generator<SqlValue[], void> {
		let run: Run | undefined;
		for (const part of parts) {
			if (part.sound && run) {
				run.last = part.last;
				run.rows += part.rows;
			} else if (part.sound) {
				run = { first: part.first, last: part.last, rows: part.rows };
			}
			if (run && (!part.sound || run.rows >= ROWS_PER_STATEMENT)) {
				yield* this.#runRows(run, rowid);
				run = undefined;
			}
			if (!part.sound) this.#skip(part.page, [part.first, part.last], `Page ${part.page} ${part.problem}`);
		}
		if (run) yield* this.#runRows(run, rowid);
	}

	/** Rows of sound pages. What SQLite cannot read of them all the same is left out row by row. */
	*#runRows({ first, last, rows }: Run, rowid: string): Generator<SqlValue[], void> {
		let from = first;
		let left = rows;
		while (left > 0) {
			const reason = yield* this.#rowsOf(
				`SELECT ${rowid}, * FROM ${this.#source} NOT INDEXED WHERE ${rowid} >= ${from} ORDER BY ${rowid}`,
				(row) => {
					from = (row.shift() as bigint) + 1n;
					return --left > 0;
				},
			);
			if (left === 0) return;
			const bad = reason === undefined ? undefined : this.#rowidFrom(from, rowid);
			if (bad === undefined)
				return this.#skip(undefined, [from, last], reason ?? "SQLite finds fewer rows than there are");
			this.#skip(undefined, [bad, bad], reason!);
			from = bad + 1n;
			left--;
		}
	}

	/** The rowid of the first row from one on, without reading the row; `undefined` where even that fails. */
	#rowidFrom(from: bigint, rowid: string): bigint | undefined {
		try {
			const cursor = this.database.query(
				`SELECT ${rowid} FROM ${this.#source} NOT INDEXED WHERE ${rowid} >= ${from} ORDER BY ${rowid} LIMIT 1`,
			);
			const found = cursor.next()?.[0];
			cursor.close();
			return typeof found === "bigint" ? found : undefined;
		} catch (error) {
			reasonOf(error);
			return undefined;
		}
	}

	/** `key`: without one, as of a virtual table or a view, nothing leads to what is behind the damage. */
	*#fromBothEnds(key: readonly KeyPart[]): Generator<SqlValue[], void> {
		const reason = yield* this.#rowsOf(`SELECT * FROM ${this.#source}`, () => true);
		if (reason === undefined) return;
		this.#skip(undefined, undefined, reason);
		if (key.length === 0) return;
		const backwards = key.map(
			({ sql, collation, descending }) => `${sql} COLLATE ${collation}${descending ? "" : " DESC"}`,
		);
		yield* this.#rowsOf(`SELECT * FROM ${this.#source} ORDER BY ${backwards.join(", ")}`, () => true);
	}

	/** Rows as long as `more` wants them. Answers why they ended before SQLite said that there are no more. */
	*#rowsOf(sql: string, more: (row: SqlValue[]) => boolean): Generator<SqlValue[], string | undefined> {
		try {
			const cursor = this.database.query(sql);
			this.#cursor = cursor;
			for (let row = cursor.next(); row; row = cursor.next()) {
				const goesOn = more(row);
				if (!goesOn) cursor.close();
				yield row;
			}
			return undefined;
		} catch (error) {
			return reasonOf(error);
		}
	}

	#skip(page: number | undefined, rowids: SkippedRows["rowids"], reason: string): void {
		this.skippedCount++;
		if (this.skipped.length < MAX_SKIPPED) this.skipped.push({ page, rowids, reason });
	}

	#rootPage(): number {
		const sql = "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?";
		return Number(allRows(this.database, sql, [this.table])[0]?.[0] ?? 0);
	}
}

/** What SQLite says of a row that cannot be read. Throws what is no matter of a row. */
function reasonOf(error: unknown): string {
	if (error instanceof SqlError && (error.code === "sql" || error.code === "too-large")) return error.message;
	throw error;
}
