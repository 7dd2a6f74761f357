import { type Entry, FileError, type Files, joinPath } from "../../files";
import { bearsStoreName } from "../flat/bearsStoreName";
import type { StoreLayout } from "../layout";
import { parseSnapshotId } from "../snapshotId";
import { readRqliteV7, STATE } from "./store";

/** The layout of rqlite 7: `src/core/FORMATS.md`, "A store of rqlite 7". */
export const rqliteV7Layout: StoreLayout = {
	name: "rqlite-v7",
	recognise: holdsState,
	async takesEmpty(files, entries) {
		return bearsStoreName(files, entries, "snapshots");
	},
	read: readRqliteV7,
};

/** Dates look like snapshots' names: they are not listed, only asked for the one file. */
async function holdsState(files: Files, path: string, entries: readonly Entry[]): Promise<boolean> {
	for (const { name, kind } of entries) {
		if (kind !== "directory" || !parseSnapshotId(name)) continue;
		if (await exists(files, joinPath(path, name, STATE))) return true;
	}
	return false;
}

/** Where it cannot be told, another directory may give the store away. */
async function exists(files: Files, path: string): Promise<boolean> {
	try {
		return (await files.stat(path)) !== undefined;
	} catch (error) {
		if (error instanceof FileError) return false;
		throw error;
	}
}
