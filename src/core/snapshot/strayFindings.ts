import { FileError, type Files, joinPath } from "../files";
import type { Finding } from "../verify/finding";
import { note, strayEntry } from "./entryFindings";

/** What lies in a snapshot's directory and does not belong there; that it cannot be listed, where that is so. */
export async function strayFindings(
	files: Files,
	path: string,
	belongs: (name: string) => boolean,
): Promise<readonly Finding[]> {
	try {
		const entries = await files.list(path);
		return entries
			.filter(({ name }) => !belongs(name))
			.map(({ name }) => strayEntry(joinPath(path, name), "a snapshot"));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return [note("unreadable-directory", "error", path, error.message, "Check the permissions of the directory.")];
	}
}
