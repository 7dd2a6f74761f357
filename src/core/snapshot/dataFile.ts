import { FileError, type Files } from "../files";
import type { Finding } from "../verify/finding";
import { linkFinding, note } from "./entryFindings";
import type { StoreFile } from "./model";

/** What stands under the name of a data file: the file, nothing, or something that cannot be read as one. */
export type DataFile =
	| { readonly state: "present"; readonly file: StoreFile }
	| { readonly state: "absent" }
	/** Makes the finding, once it is known which snapshots need the file. */
	| { readonly state: "unusable"; readonly finding: (snapshots: readonly string[]) => Finding };

/** Looks at a path without reading it. */
export async function statDataFile(files: Files, path: string): Promise<DataFile> {
	try {
		const stat = await files.stat(path);
		if (!stat) return { state: "absent" };
		const { kind, sizeBytes, modifiedAt } = stat;
		switch (kind) {
			case "file":
				return { state: "present", file: { path, sizeBytes, modifiedAt } };
			case "link-outside":
			case "link-broken":
				return { state: "unusable", finding: (snapshots) => linkFinding(path, kind, "error", snapshots) };
			case "directory":
			case "other":
				return { state: "unusable", finding: (snapshots) => notAFile(path, kind, snapshots) };
		}
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return { state: "unusable", finding: (snapshots) => unreadable(path, error, snapshots) };
	}
}

function notAFile(path: string, kind: "directory" | "other", snapshots: readonly string[]): Finding {
	const what = kind === "directory" ? "a directory" : "a device, pipe or socket";
	return note(
		"not-a-file",
		"error",
		path,
		`${path} is ${what} where a file should be.`,
		"Put the file itself in its place, from a backup or another node.",
		snapshots,
	);
}

function unreadable(path: string, error: FileError, snapshots: readonly string[]): Finding {
	return note(
		"not-a-file",
		"error",
		path,
		error.message,
		"Check the permissions of the file and of the directories above it.",
		snapshots,
	);
}
