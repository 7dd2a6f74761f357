import { formatReal } from "../core/format/formatReal";
import { visible } from "../core/text";
import { isInvalidText, type SqlValue } from "../protocol/values";

/** A value as exact JSON: see `README.md`, "The command line". */
export function valueJson(value: SqlValue): string {
	if (value === null) return "null";
	if (typeof value === "bigint") return `${value}`;
	if (typeof value === "number") return Number.isFinite(value) ? formatReal(value) : `{"real":"${value}"}`;
	if (typeof value === "string") return JSON.stringify(value);
	if (isInvalidText(value)) return `{"text":"${hex(value.invalidText)}"}`;
	return `{"blob":"${hex(value)}"}`;
}

/** So much of a text or a blob is shown to people, in characters or bytes. */
const MAX_SHOWN = 1000;

/** A value for people, on one line. A long one is cut, and says so. */
export function valueText(value: SqlValue): string {
	if (value === null) return "NULL";
	if (typeof value === "bigint") return `${value}`;
	if (typeof value === "number") return formatReal(value);
	if (typeof value === "string") {
		if (value.length <= MAX_SHOWN) return visible(value);
		return `${visible(value.slice(0, MAX_SHOWN))}… (${value.length} characters, all with --json)`;
	}
	return isInvalidText(value) ? `invalid text ${bytesText(value.invalidText)}` : bytesText(value);
}

function bytesText(bytes: Uint8Array): string {
	if (bytes.byteLength <= MAX_SHOWN) return `x'${hex(bytes)}'`;
	return `x'${hex(bytes.subarray(0, MAX_SHOWN))}'… (${bytes.byteLength} bytes, all with --json)`;
}

function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
