import { isInvalidText, type SqlValue } from "../sqlValue";
import { formatReal } from "./formatReal";
import { hexText } from "./hexText";

/** A value as exact JSON: see `README.md`, "The command line". */
export function jsonValue(value: SqlValue): string {
	if (value === null) return "null";
	if (typeof value === "bigint") return `${value}`;
	if (typeof value === "number") return Number.isFinite(value) ? formatReal(value) : `{"real":"${value}"}`;
	if (typeof value === "string") return JSON.stringify(value);
	if (isInvalidText(value)) return `{"text":"${hexText(value.invalidText)}"}`;
	return `{"blob":"${hexText(value)}"}`;
}
