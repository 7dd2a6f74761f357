import { isInvalidText, type SqlValue } from "../../protocol/values";

/** About how many bytes a value takes. */
export function valueSize(value: SqlValue): number {
	if (typeof value === "string") return 2 * value.length;
	if (value instanceof Uint8Array) return value.byteLength;
	return value !== null && isInvalidText(value) ? value.invalidText.byteLength : 8;
}
