/** Why a statement was not run, or not to its end. `code` survives every channel. */
export class SqlError extends Error {
	override readonly name = "SqlError";
	constructor(
		readonly code: "sql" | "write-refused" | "no-module" | "too-large" | "unreadable",
		message: string,
	) {
		super(message);
	}
}

/** Result codes: https://www.sqlite.org/rescode.html */
export const SQLITE_OK = 0;
const SQLITE_NOMEM = 7;
const SQLITE_READONLY = 8;
export const SQLITE_ROW = 100;
export const SQLITE_DONE = 101;

/** SQLite's result code and message as an error that says what to do. */
export function sqliteError(code: number, message: string): SqlError {
	if ((code & 0xff) === SQLITE_READONLY) {
		return new SqlError(
			"write-refused",
			"The statement would write, and a snapshot is read-only. Restore it to a file to work on a copy.",
		);
	}
	if ((code & 0xff) === SQLITE_NOMEM) {
		return new SqlError(
			"too-large",
			"The statement needs more memory than there is for one. Ask for less at a time, of long values with substr().",
		);
	}
	const module = /^no such module: (.+)$/.exec(message)?.[1];
	if (module !== undefined) return new SqlError("no-module", missingModule(module));
	return new SqlError("sql", message);
}

/** Why a virtual table cannot be read here. */
export function missingModule(module: string): string {
	return `no such module: ${module}. The SQLite inside this tool is built without it; other tables are not affected. Restore the snapshot to a file to read this one with another SQLite.`;
}
