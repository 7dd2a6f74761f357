import type { Affinity } from "../protocol/structure";

/** The affinity that a declared type gives a column. https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
export function affinityOf(type: string, strict: boolean): Affinity {
	const declared = type.toUpperCase();
	if (strict && declared === "ANY") return "BLOB";
	if (declared.includes("INT")) return "INTEGER";
	if (/CHAR|CLOB|TEXT/.test(declared)) return "TEXT";
	if (declared === "" || declared.includes("BLOB")) return "BLOB";
	return /REAL|FLOA|DOUB/.test(declared) ? "REAL" : "NUMERIC";
}
