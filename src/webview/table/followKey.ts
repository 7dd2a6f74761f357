import type { BrowseSpec } from "../../protocol/browse";
import { encodeRow } from "../../protocol/rows";
import type { ForeignKey } from "../../protocol/structure";
import type { Row } from "../../protocol/values";
import type { EngineSession } from "../engine/engineSession";

/** The foreign key that a column is part of; the first where there are several. */
export function keyOf(keys: readonly ForeignKey[], column: string): ForeignKey | undefined {
	return keys.find(({ columns }) => columns.some((name) => isSame(name, column)));
}

/**
 * The rows that a row refers to by a foreign key; `undefined` when one of its values is NULL: then it refers to none.
 *
 * @param columns Names of the row's values.
 */
export async function followKey(
	session: EngineSession,
	key: ForeignKey,
	columns: readonly string[],
	row: Row,
): Promise<BrowseSpec | undefined> {
	const values = key.columns.map((name) => row[columns.findIndex((column) => isSame(column, name))] ?? null);
	if (values.includes(null)) return undefined;
	const parent = await session.ask((engine) => engine.structure(key.parent));
	const primary = parent.columns
		.filter(({ keyPosition }) => keyPosition > 0)
		.sort((one, other) => one.keyPosition - other.keyPosition);
	const names = key.parentColumns ?? primary.map(({ name }) => name);
	return {
		table: key.parent,
		order: [],
		filters: values.map((value, n) => {
			// A foreign key may write the name in other letters than the table does.
			const column = parent.columns.find(({ name }) => isSame(name, names[n] ?? ""))?.name ?? names[n] ?? "";
			return { column, kind: "is", value: encodeRow([value]) };
		}),
	};
}

function isSame(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
