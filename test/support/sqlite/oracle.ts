import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqlite, { type Database } from "node-sqlite3-wasm";
import type { Row } from "../../../src/protocol/values";
import { selectRows } from "./selectRows";

/** What SQLite itself makes of a base and logs that are laid beside it one after the other. */
export function checkpoint(base: Uint8Array, wals: readonly Uint8Array[]): Uint8Array {
	return inDirectory((path) => {
		writeFileSync(path, base);
		for (const wal of wals) {
			writeFileSync(`${path}-wal`, wal);
			// The first read takes in the log, closing checkpoints it. Neither looks at the schema, whose text may be UTF-16.
			use(path, (database) => database.exec("pragma user_version"));
		}
		return readFileSync(path);
	});
}

/** The rows of one SELECT over the bytes of a database file. */
export function queryAll(file: Uint8Array, select: string): Row[] {
	return withFile(file, (database) => selectRows(database, select));
}

/** SQLite's verdict, `["ok"]` for a sound database; its error where it cannot even look. */
export function integrityCheck(file: Uint8Array): string[] {
	return verdict(file, "integrity_check");
}

/** As `integrityCheck`, without a comparison of indexes with their tables. */
export function quickCheck(file: Uint8Array): string[] {
	return verdict(file, "quick_check");
}

function verdict(file: Uint8Array, check: "integrity_check" | "quick_check"): string[] {
	return withFile(file, (database) => {
		try {
			return database.all(`pragma ${check}`).map((row) => String(row[check]));
		} catch (error) {
			if (error instanceof sqlite.SQLite3Error) return [error.message];
			throw error;
		}
	});
}

function withFile<Result>(file: Uint8Array, look: (database: Database) => Result): Result {
	return inDirectory((path) => {
		writeFileSync(path, file);
		return use(path, look);
	});
}

function use<Result>(path: string, work: (database: Database) => Result): Result {
	const database = new sqlite.Database(path, { fileMustExist: true });
	try {
		// Without shared memory SQLite reads a log only while it owns the database alone.
		database.exec("pragma locking_mode = exclusive");
		return work(database);
	} finally {
		database.close();
	}
}

function inDirectory<Result>(work: (path: string) => Result): Result {
	const directory = mkdtempSync(join(tmpdir(), "oracle-"));
	try {
		return work(join(directory, "db.sqlite"));
	} finally {
		rmSync(directory, { recursive: true });
	}
}
