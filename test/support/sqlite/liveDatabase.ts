import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqlite, { type Database, type SQLiteValue } from "node-sqlite3-wasm";
import type { Row } from "../../../src/protocol/values";
import { selectRows } from "./selectRows";

export interface DatabaseOptions {
	/** 512 to 65536, a power of two. SQLite's own default when not given. */
	readonly pageSize?: number;
	readonly autoVacuum?: "none" | "full" | "incremental";
}

/**
 * A database in WAL mode that a real SQLite keeps in a directory of its own, as the one of a running rqlite node. Nothing
 * checkpoints it but the methods that say so. Close it, or its directory stays.
 *
 * This SQLite is built without UTF-16: see `utf16Chain.ts`.
 */
export class LiveDatabase {
	/** Holds `db.sqlite` and its log, as a node's data directory does. */
	readonly directory = mkdtempSync(join(tmpdir(), "live-database-"));
	readonly #path = join(this.directory, "db.sqlite");
	#database: Database;

	constructor({ pageSize, autoVacuum = "none" }: DatabaseOptions = {}) {
		this.#database = new sqlite.Database(this.#path);
		if (pageSize !== undefined) this.run(`pragma page_size = ${pageSize}`);
		this.run(`pragma auto_vacuum = ${autoVacuum}`);
		this.#configure();
	}

	/** Runs statements that answer nothing: several without values, or one with values. */
	run(sql: string, ...values: SQLiteValue[]): void {
		if (values.length === 0) this.#database.exec(sql);
		else this.#database.run(sql, values);
	}

	/** Rows of one SELECT. */
	all(select: string): Row[] {
		return selectRows(this.#database, select);
	}

	transaction(work: readonly string[] | (() => void)): void {
		this.run("begin");
		try {
			if (typeof work === "function") work();
			else for (const statement of work) this.run(statement);
			this.run("commit");
		} catch (error) {
			this.run("rollback");
			throw error;
		}
	}

	/** The log as it lies on disk now. */
	wal(): Uint8Array {
		return readFileSync(this.#walPath);
	}

	/** What an incremental snapshot stores: the log since the last cut. SQLite then moves it into the database and empties it. */
	cutWal(): Uint8Array {
		const wal = this.wal();
		this.#checkpoint("truncate");
		return wal;
	}

	/**
	 * What a full snapshot stores, and what every reconstruction is measured by: the database file after SQLite's own
	 * checkpoint. A log that has not been cut is gone afterwards.
	 */
	file(): Uint8Array {
		if (statSync(this.#walPath).size > 0) this.#checkpoint("truncate");
		return readFileSync(this.#path);
	}

	/** Checkpoints and leaves the log as long as it is: the next commit overwrites its head, older frames stay behind. */
	restartWal(): void {
		this.#checkpoint("restart");
	}

	/**
	 * The log in the middle of a transaction that has outgrown the page cache: frames without a commit at its end. The
	 * transaction is rolled back; its frames stay in the log until later ones overwrite them.
	 */
	spill(statements: string): Uint8Array {
		this.run("pragma cache_size = 1; begin");
		try {
			this.run(statements);
			return this.wal();
		} finally {
			this.run("rollback; pragma cache_size = -2000");
		}
	}

	/**
	 * Closes and opens again, as a node that is started anew: the log starts over with new random salts. What had not been
	 * cut is in the database file then.
	 */
	restart(): void {
		this.#database.close();
		this.#database = new sqlite.Database(this.#path);
		this.#configure();
	}

	close(): void {
		this.#database.close();
		rmSync(this.directory, { recursive: true });
	}

	get #walPath(): string {
		return `${this.#path}-wal`;
	}

	/** Without shared memory SQLite writes a log only while it owns the database alone. */
	#configure(): void {
		this.run(`
			pragma locking_mode = exclusive;
			pragma journal_mode = wal;
			pragma wal_autocheckpoint = 0;
			pragma synchronous = off;
			pragma user_version;
		`);
	}

	#checkpoint(mode: "truncate" | "restart"): void {
		const answer = this.#database.get(`pragma wal_checkpoint(${mode})`);
		if (answer?.["busy"] !== 0) throw new Error(`SQLite could not checkpoint: ${JSON.stringify(answer)}`);
	}
}
