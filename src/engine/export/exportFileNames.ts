import filenamify from "filenamify/browser";
import type { ExportFormat } from "../../protocol/export";

const MAX_LENGTH = 80;

/** The names of the files that tables are exported to, in their order: like the tables', as every file system takes them. */
export function exportFileNames(tables: readonly string[], format: ExportFormat): readonly string[] {
	const taken = new Set<string>();
	return tables.map((table) => {
		const name = filenamify(table, { replacement: "_", maxLength: MAX_LENGTH });
		let file = `${name}.${format}`;
		for (let number = 2; taken.has(keyOf(file)); number++) file = `${name}-${number}.${format}`;
		taken.add(keyOf(file));
		return file;
	});
}

/** The same for names that some file system takes for one. */
function keyOf(file: string): string {
	return file.normalize("NFC").toLowerCase();
}
