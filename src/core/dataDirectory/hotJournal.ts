import { FileError, type Files } from "../files";

/**
 * Throws `FileError` when a rollback journal lies beside a database that was not done with: it holds pages as they were
 * before a transaction that has not ended, and the database alone is in the middle of it. A journal that is empty, or
 * begins with a zero, has been done with. See https://www.sqlite.org/lockingv3.html#hot_journals
 */
export async function refuseHotJournal(files: Files, database: string): Promise<void> {
	const journal = `${database}-journal`;
	if (!(await files.stat(journal))) return;
	const [first = 0] = await files.read(journal, 0, 1);
	if (first !== 0) throw hotJournalError(database, journal);
}

/** What is said of a database with a hot journal. Both paths are as they are to be shown. */
export function hotJournalError(database: string, journal: string): FileError {
	return new FileError(
		"unreadable",
		database,
		`${database} is in the middle of a transaction: ${journal} is beside it. Close what writes it; after a crash, open it once with the sqlite3 shell, which brings it in order.`,
	);
}
