import { decodeRows } from "../../protocol/rows";
import type { Row } from "../../protocol/values";
import type { EngineSession } from "../engine/engineSession";

/** The rows of a query of the page's own, at most so many. */
export async function readRows(session: EngineSession, sql: string, limit: number): Promise<readonly Row[]> {
	const { cursor } = await session.ask((engine) => engine.query(sql));
	const rows: Row[] = [];
	let done = false;
	while (!done && rows.length < limit) {
		const batch = await session.ask((engine) => engine.fetchRows(cursor, limit - rows.length));
		rows.push(...decodeRows(batch.rows));
		done = batch.done;
	}
	if (!done) await session.ask((engine) => engine.closeCursor(cursor));
	return rows;
}
