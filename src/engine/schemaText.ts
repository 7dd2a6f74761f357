import { isInvalidText, type SqlValue } from "../core/sqlValue";

/** A name, type or expression of the schema; of one that is not valid in the database's encoding, what is. */
export function schemaText(value: SqlValue | undefined): string {
	if (typeof value === "string") return value;
	if (value === null || value === undefined) return "";
	if (typeof value === "object") return new TextDecoder().decode(isInvalidText(value) ? value.invalidText : value);
	return String(value);
}
