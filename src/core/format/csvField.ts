import Papa from "papaparse";
import type { SqlValue } from "../sqlValue";
import { formatReal } from "./formatReal";
import { sqlLiteral } from "./sqlLiteral";

const OPTIONS: Papa.UnparseConfig = { quotes: (cell: unknown) => cell === "" };

/** What ends a line of CSV. */
export const CSV_LINE_END = "\r\n";

/**
 * A value as a field of CSV (RFC 4180). NULL is an empty field, an empty text is `""`. Blobs, and text that is invalid in
 * its encoding, stand there as SQL writes them; numbers have all their digits.
 */
export function csvField(value: SqlValue): string {
	if (value === null) return "";
	if (typeof value === "string") return Papa.unparse([[value]], OPTIONS);
	return typeof value === "number" ? formatReal(value) : sqlLiteral(value);
}
