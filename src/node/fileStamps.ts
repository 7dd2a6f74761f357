import { type BigIntStats, statSync } from "node:fs";
import { FileError } from "../core/files";
import { fileError } from "./nodeFiles";

/** What files were at one moment. */
export interface FileStamps {
	/** Throws `FileError` when one of them is another now, has come, or has gone. */
	confirm(): void;
}

/** Takes down files, or that they are not there, at paths of the file system. Throws `FileError`. */
export function stampFiles(paths: readonly string[]): FileStamps {
	const taken = paths.map(stampOf);
	return {
		confirm() {
			const changed = paths.find((path, at) => stampOf(path) !== taken[at]);
			if (changed === undefined) return;
			throw new FileError(
				"unreadable",
				changed,
				`${changed} changed while it was read. Close what writes it, or copy it, and try again.`,
			);
		},
	};
}

/** What tells a file from another and from itself before a change, also under another name. Throws `FileError`. */
export function stampOf(path: string): string {
	const stats = look(path);
	return stats ? `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs}` : "nothing";
}

function look(path: string): BigIntStats | undefined {
	try {
		return statSync(path, { bigint: true, throwIfNoEntry: false });
	} catch (error) {
		throw fileError(path, error);
	}
}
