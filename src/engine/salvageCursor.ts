import type { CheckedImage } from "../core/sqlite/btree/databaseCheck";
import { type TablePart, tableParts } from "../core/sqlite/btree/tableParts";
import { quoteIdentifier } from "../core/sqlite/quoteIdentifier";
import type { SqlValue } from "../protocol/values";
import { allRows } from "./allRows";
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
	readonly #rows: Generator<SqlValue[], void>;
	#cursor: Cursor | undefined;

	/** @param image What `database` was opened over. @param table Exact name of a table. Throws `SqlError`. */
	constructor(
		private readonly database: SnapshotDatabase,
		image: CheckedImage,
		private readonly table: string,
	) {
		const whole = database.query(`SELECT * FROM ${this.#source} LIMIT 0`);
		this.columns = whole.columns;
		whole.close();
		const root = this.#rootPage();
		const key = this.#keyOrder();
		const rowid = this.#rowidName();
		if (key.length > 0) this.#rows = this.#fromBothEnds(key);
		else if (root > 0 && rowid !== undefined) this.#rows = this.#byRowids(tableParts(image, root), rowid);
		else this.#rows = this.#fromBothEnds([]);
	}

	/** The next row that reads, or `undefined` after the last. Throws `SqlError` where a file cannot be read. */
	next(): SqlValue[] | undefined {
		return this.#rows.next().value ?? undefined;
	}

	close(): void {
		this.#cursor?.close();
		this.#rows.return();
	}

	get #source(): string {
		return quoteIdentifier(this.table);
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

	/** `key`: the terms of an ORDER BY that turns the table's own order round; none to leave out all behind the damage. */
	*#fromBothEnds(key: readonly string[]): Generator<SqlValue[], void> {
		const reason = yield* this.#rowsOf(`SELECT * FROM ${this.#source}`, () => true);
		if (reason === undefined) return;
		this.#skip(undefined, undefined, reason);
		if (key.length > 0) yield* this.#rowsOf(`SELECT * FROM ${this.#source} ORDER BY ${key.join(", ")}`, () => true);
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

	/** 0 for a table without a b-tree, such as a virtual one, and for a view. */
	#rootPage(): number {
		const sql = "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?";
		return Number(allRows(this.database, sql, [this.table])[0]?.[0] ?? 0);
	}

	/** A name that the rowid goes by, unless columns have taken all. */
	#rowidName(): string | undefined {
		const taken = new Set(this.columns.map((name) => name.toLowerCase()));
		return ["rowid", "_rowid_", "oid"].find((name) => !taken.has(name));
	}

	/** The key of a table without rowids, from its end; empty for any other. */
	#keyOrder(): string[] {
		const list = allRows(this.database, `PRAGMA main.table_list(${this.#source})`);
		if (list[0]?.[4] !== 1n) return [];
		const key = allRows(this.database, `PRAGMA main.index_list(${this.#source})`).find(
			([, , , origin]) => origin === "pk",
		);
		if (!key) return [];
		return allRows(this.database, `PRAGMA main.index_xinfo(${quoteIdentifier(String(key[1]))})`)
			.filter(([, , , , , isKey]) => isKey === 1n)
			.map(
				([, , name, descending, collation]) =>
					`${quoteIdentifier(String(name))} COLLATE ${quoteIdentifier(String(collation))}${descending === 1n ? "" : " DESC"}`,
			);
	}
}

/** What SQLite says of a row that cannot be read. Throws what is no matter of a row. */
function reasonOf(error: unknown): string {
	if (error instanceof SqlError && (error.code === "sql" || error.code === "too-large")) return error.message;
	throw error;
}
