import { visible } from "../core/text";
import { isInvalidText, type SqlValue } from "../protocol/values";

/** A value as exact JSON: see `README.md`, "The command line". */
export function valueJson(value: SqlValue): string {
	if (value === null) return "null";
	if (typeof value === "bigint") return `${value}`;
	if (typeof value === "number") return realJson(value);
	if (typeof value === "string") return JSON.stringify(value);
	if (isInvalidText(value)) return `{"text":"${hex(value.invalidText)}"}`;
	return `{"blob":"${hex(value)}"}`;
}

/** A value for people, on one line. */
export function valueText(value: SqlValue): string {
	if (value === null) return "NULL";
	if (typeof value === "bigint") return `${value}`;
	if (typeof value === "number") return Number.isFinite(value) ? realJson(value) : `${value}`;
	if (typeof value === "string") return visible(value);
	if (isInvalidText(value)) return `invalid text x'${hex(value.invalidText)}'`;
	return `x'${hex(value)}'`;
}

/** A real is told from an integer by a point or an exponent. */
function realJson(value: number): string {
	if (!Number.isFinite(value)) return `{"real":"${value}"}`;
	if (Object.is(value, -0)) return "-0.0";
	const digits = `${value}`;
	return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
