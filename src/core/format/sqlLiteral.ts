import { isInvalidText, type SqlValue } from "../sqlValue";
import { formatReal } from "./formatReal";
import { hexText } from "./hexText";

/**
 * A value as an SQL expression that SQLite reads as the same value, as its `quote()` writes them, and exact where that is
 * not: NUL characters in text, and text that is invalid in its encoding, which the database it goes into must share.
 */
export function sqlLiteral(value: SqlValue): string {
	if (value === null) return "NULL";
	if (typeof value === "bigint") return `${value}`;
	if (typeof value === "number") return realLiteral(value);
	if (typeof value === "string") return textLiteral(value);
	if (isInvalidText(value)) return `CAST(X'${hexText(value.invalidText)}' AS TEXT)`;
	return `X'${hexText(value)}'`;
}

function realLiteral(value: number): string {
	if (Number.isFinite(value)) return formatReal(value);
	if (Number.isNaN(value)) return "NULL"; // SQLite knows none
	return value > 0 ? "9.0e+999" : "-9.0e+999";
}

/** SQLite ends a statement at a NUL character, so another character stands for it. */
function textLiteral(text: string): string {
	if (!text.includes("\0")) return quoted(text);
	const standIn = characterOutside(text);
	return `replace(${quoted(text.replaceAll("\0", standIn))},'${standIn}',char(0))`;
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

/** The first symbol from U+2400, a picture of NUL, that a text does not use. */
export function characterOutside(text: string): string {
	const used = new Set(text);
	for (let code = 0x2400; ; code++) {
		const character = String.fromCodePoint(code);
		if (!used.has(character)) return character;
	}
}
