/** `sql`: the statements that make the same rows again. */
export const EXPORT_FORMATS = ["csv", "json", "jsonl", "sql"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Which rows are exported. */
export type ExportSource =
	/** `parameters`: their values, as `encodeRow` makes them. */
	| { readonly kind: "query"; readonly sql: string; readonly parameters?: Uint8Array }
	/** A table or view, by its exact name. */
	| { readonly kind: "object"; readonly name: string }
	/** Every table, and every view if asked. As `sql` it is the whole database, whose views are defined, not written out. */
	| { readonly kind: "all"; readonly views: boolean };

export interface ExportRequest {
	readonly source: ExportSource;
	readonly format: ExportFormat;
	/** Whether what reads of a damaged table is wanted, and the rest told in `warnings`; else damage is an error. */
	readonly salvage: boolean;
}

/** How far an export is. */
export interface ExportProgress {
	readonly rows: number;
	readonly bytes: number;
}

/** What an export came to. */
export interface ExportSummary extends ExportProgress {
	readonly files: number;
	/** What was left out, and why. */
	readonly warnings: readonly string[];
}

/** Whether an export makes a directory with a file for each table, and not one file. */
export function isManyFiles({ source, format }: ExportRequest): boolean {
	return source.kind === "all" && format !== "sql";
}
