import { isInvalidText, type Row, type SqlValue } from "../../protocol/values";
import type { KeyPart } from "./tableLayout";

/** The values of a statement under way: `place` answers the SQL that stands for one. */
export class Parameters {
	readonly values: SqlValue[] = [];

	readonly place = (value: SqlValue): string => {
		const invalid = isInvalidText(value);
		this.values.push(invalid ? value.invalidText : value);
		// Bytes become text as they are, whatever the database's encoding.
		return invalid ? `CAST(?${this.values.length} AS TEXT)` : `?${this.values.length}`;
	};
}

/** The columns of a key. */
export function keyColumns(key: readonly KeyPart[]): string {
	return key.map(({ sql }) => sql).join(", ");
}

/** Key order, or the reverse of it. */
export function keyOrder(key: readonly KeyPart[], reversed = false): string {
	return key.map((part) => `${collated(part)} ${part.descending !== reversed ? "DESC" : "ASC"}`).join(", ");
}

/** Whether a row is the one with these values in its key, or comes after it in key order. */
export function fromKey(key: readonly KeyPart[], values: Row, place: (value: SqlValue) => string): string {
	const placed = values.map(place);
	const directions = new Set(key.map(({ descending }) => descending));
	if (directions.size === 1) {
		const comparison = directions.has(true) ? "<=" : ">=";
		return `(${key.map((part) => collated(part)).join(", ")}) ${comparison} (${placed.join(", ")})`;
	}
	// Row values know one direction. The first part alone is what SQLite can search by.
	const [first] = key;
	return `${collated(first!)} ${beyond(first!)}= ${placed[0]} AND ${notBefore(key, placed)}`;
}

function notBefore([part, ...others]: readonly KeyPart[], [value, ...values]: readonly string[]): string {
	if (part === undefined) return "1";
	return `(${collated(part)} ${beyond(part)} ${value} OR ${collated(part)} = ${value} AND ${notBefore(others, values)})`;
}

function beyond({ descending }: KeyPart): string {
	return descending ? "<" : ">";
}

/** A part of a key as it is compared in its b-tree. @param table Its alias, where there are several. */
export function collated({ sql, collation }: KeyPart, table?: string): string {
	const column = table === undefined ? sql : `${table}.${sql}`;
	return collation === undefined ? column : `${column} COLLATE ${collation}`;
}
