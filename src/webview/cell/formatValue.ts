import { formatReal } from "../../core/format/formatReal";
import { hexText } from "../../core/format/hexText";
import { isInvalidText, type SqlValue } from "../../protocol/values";
import { formatCount, t } from "../l10n";

/** A value as a cell shows it. */
export interface CellText {
	readonly kind: "null" | "integer" | "real" | "text" | "blob" | "invalid-text";
	readonly text: string;
	/** What the text does not show: the length of what was clipped. */
	readonly note: string;
}

/** How much of a long value is drawn. */
export interface ValueLimits {
	readonly characters: number;
	readonly bytes: number;
}

export const CELL_LIMITS: ValueLimits = { characters: 300, bytes: 16 };
/** For a value that is looked at on its own. */
export const WHOLE_VIEW_LIMITS: ValueLimits = { characters: 50_000, bytes: 10_000 };

export function formatCell(value: SqlValue, limits = CELL_LIMITS): CellText {
	if (value === null) return { kind: "null", text: "NULL", note: "" };
	if (typeof value === "bigint") return { kind: "integer", text: value.toString(), note: "" };
	if (typeof value === "number") return { kind: "real", text: formatReal(value), note: "" };
	if (typeof value === "string") return formatText(value, limits.characters);
	if (isInvalidText(value)) {
		const { invalidText } = value;
		const note = t("(invalid text, {0} bytes)", formatCount(invalidText.byteLength));
		return { kind: "invalid-text", text: blobLiteral(invalidText, limits.bytes), note };
	}
	const note = value.byteLength === 1 ? t("(1 byte)") : t("({0} bytes)", formatCount(value.byteLength));
	return { kind: "blob", text: blobLiteral(value, limits.bytes), note };
}

/** The whole value as text, for the clipboard. */
export function formatWhole(value: SqlValue): string {
	if (typeof value === "string") return value;
	if (value instanceof Uint8Array) return blobLiteral(value);
	if (value !== null && typeof value === "object") return blobLiteral(value.invalidText);
	return formatCell(value).text;
}

function formatText(text: string, maxCharacters: number): CellText {
	if (text.length <= maxCharacters) return { kind: "text", text, note: "" };
	const clipped = text.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, "");
	return { kind: "text", text: `${clipped}…`, note: t("({0} characters)", formatCount(countCharacters(text))) };
}

/** As SQLite's `length()` counts: a surrogate pair is one. */
export function countCharacters(text: string): number {
	let count = text.length;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit >= 0xd800 && unit < 0xdc00) count--;
	}
	return count;
}

function blobLiteral(bytes: Uint8Array, maxBytes = bytes.byteLength): string {
	return `x'${hexText(bytes.subarray(0, maxBytes))}${bytes.byteLength > maxBytes ? "…" : ""}'`;
}
