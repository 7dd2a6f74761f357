import { exportDatabase } from "../../../../src/engine/export/exportDatabase";
import type { ExportRequest, ExportSummary } from "../../../../src/protocol/export";
import { wholeImage } from "../../../support/images/wholeImage";
import { openDatabase } from "../openDatabase";

export interface Exported {
	/** Their text, by name. */
	readonly files: Readonly<Record<string, string>>;
	readonly summary: ExportSummary;
}

/** What an export of a database file comes to. */
export async function exported(
	file: Uint8Array,
	source: ExportRequest["source"],
	format: ExportRequest["format"],
	salvage = false,
): Promise<Exported> {
	const files: Record<string, string> = {};
	const database = await openDatabase(file);
	const summary = await exportDatabase(
		database,
		{ source, format, salvage },
		{
			async file(name) {
				const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
				let text = "";
				return {
					async write(bytes) {
						text += decoder.decode(bytes, { stream: true });
					},
					async close() {
						files[name] = text + decoder.decode();
					},
				};
			},
		},
		salvage ? { salvage: wholeImage(file) } : {},
	);
	return { files, summary };
}
