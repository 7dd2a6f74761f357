import type { EngineSession } from "../engine/engineSession";

/**
 * Counts the rows of tables, one after another. The session should be one of its own: a count reads a whole table, and
 * nothing the user asks for should wait for it.
 */
export async function countTables(
	session: EngineSession,
	names: readonly string[],
	counted: (name: string, rows: number) => void,
): Promise<void> {
	for (const name of names) {
		try {
			counted(name, await session.ask((engine) => engine.countRows(name)));
		} catch {
			// A damaged table has no count; choosing it shows what SQLite says.
		}
	}
}
