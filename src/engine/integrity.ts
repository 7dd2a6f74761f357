import type { ByteSource } from "../core/files";
import type { StateFault } from "../core/verify/databaseFindings";
import type { SqlValue } from "../protocol/values";
import { SnapshotDatabase } from "./snapshotDatabase";
import { SqlError } from "./sqlError";
import type { Sqlite } from "./sqlite";

/** So many of each kind are told. */
const MOST = 100;

/** What keeps SQLite from understanding a database's schema: the text of its tables and indexes, which it parses. */
export function checkSchema(sqlite: Sqlite, image: ByteSource): readonly StateFault[] {
	return inDatabase(sqlite, image, (database) => rowsOf(database, "SELECT count(*) FROM sqlite_schema", () => []));
}

/**
 * What SQLite's `integrity_check` and `foreign_key_check` say of a database, which is checked against its own schema as
 * well then: constraints, and every index against its table.
 */
export function checkIntegrity(sqlite: Sqlite, image: ByteSource): readonly StateFault[] {
	return inDatabase(sqlite, image, (database) => [
		...rowsOf(database, `PRAGMA integrity_check(${MOST})`, ([text]) => (text === "ok" ? [] : [damage(String(text))])),
		...rowsOf(database, "PRAGMA foreign_key_check", (row) => [violation(row)]),
	]);
}

function inDatabase(
	sqlite: Sqlite,
	image: ByteSource,
	look: (database: SnapshotDatabase) => readonly StateFault[],
): readonly StateFault[] {
	let database: SnapshotDatabase;
	try {
		database = new SnapshotDatabase(sqlite, image);
	} catch (error) {
		if (error instanceof SqlError) return [damage(error.message)];
		throw error;
	}
	try {
		return look(database);
	} finally {
		database.close();
	}
}

/** Rows as faults; an error behind them is one more: what came before it stays true. */
function rowsOf(
	database: SnapshotDatabase,
	sql: string,
	read: (row: readonly SqlValue[]) => readonly StateFault[],
): readonly StateFault[] {
	const faults: StateFault[] = [];
	try {
		const cursor = database.query(sql);
		for (let row = cursor.next(); row && faults.length < MOST; row = cursor.next()) faults.push(...read(row));
		cursor.close();
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		faults.push(damage(error.message));
	}
	return faults;
}

function damage(text: string): StateFault {
	// "*** in database main ***\nTree 5 page 12: btreeInitPage() returns error code 11"
	const message = text.replace(/^\*{3} in database main \*{3}\s*/, "").replace(/\.$/, "");
	const page = /\b[Pp]age (\d+)/.exec(message)?.[1];
	return { code: "database-damaged", message, ...(page !== undefined && { page: Number(page) }) };
}

function violation([table, rowid, parent]: readonly SqlValue[]): StateFault {
	const row = rowid === null ? "a row" : `row ${String(rowid)}`;
	return {
		code: "constraint-violated",
		message: `${row} of ${String(table)} refers to a row of ${String(parent)} that is not there`,
	};
}
