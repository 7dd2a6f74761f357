import { formatReal } from "../../core/format/formatReal";
import { hexText } from "../../core/format/hexText";
import { visible } from "../../core/text";
import { isInvalidText, type SqlValue } from "../../protocol/values";

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
	if (bytes.byteLength <= MAX_SHOWN) return `x'${hexText(bytes)}'`;
	return `x'${hexText(bytes.subarray(0, MAX_SHOWN))}'… (${bytes.byteLength} bytes, all with --json)`;
}
