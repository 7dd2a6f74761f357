import type { EngineSession } from "../engine/engineSession";
import { errorPlaces } from "./errorPlaces";
import type { SqlRange } from "./sqlEditor";

/**
 * What of a statement an error is about, as places in the text in which it begins at `start`: all of it where SQLite does
 * not say.
 */
export async function findFaults(
	session: EngineSession,
	{ text, start }: { readonly text: string; readonly start: number },
	message: string,
): Promise<readonly SqlRange[]> {
	const places = await errorPlaces(text, message, (sql) => complaint(session, sql));
	const found = places.length > 0 ? places : [{ from: 0, to: text.length }];
	return found.map(({ from, to }) => ({ from: start + from, to: start + to }));
}

/** What SQLite says of a text that it is only to prepare. */
async function complaint(session: EngineSession, sql: string): Promise<string | undefined> {
	try {
		const { cursor } = await session.ask((engine) => engine.query(sql));
		await session.ask((engine) => engine.closeCursor(cursor));
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
