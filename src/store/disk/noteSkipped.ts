import { dirname } from "node:path";
import { nodeDisk } from "./disk";
import { NewFiles } from "./newFiles";
import { putInPlace } from "./putInPlace";

/**
 * Writes down beside an export what was left out of it, a line each, as `<name>.skipped.txt`, so that whoever is given the
 * one sees the other. Replaces what an export to the same place wrote before, or removes it where nothing was left out.
 * Throws `StoreError`.
 */
export async function noteSkipped(target: string, lines: readonly string[]): Promise<void> {
	const note = `${target}.skipped.txt`;
	if (lines.length === 0) {
		await nodeDisk.removeFile(note);
		return nodeDisk.syncDirectory(dirname(note));
	}
	await putInPlace(note, async (temporary) => {
		const file = await (await NewFiles.at(temporary, false)).file("");
		try {
			await file.write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
		} finally {
			await file.close();
		}
	});
}
