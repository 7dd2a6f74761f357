import { type Entry, FileError, type Files, joinPath } from "../../files";
import { bearsStoreName } from "../flat/bearsStoreName";
import type { StoreLayout } from "../layout";
import { DATABASE, parseWalName, REAP_PLAN, STORE_NAME, TMP_SUFFIX } from "./fileNames";
import { parseSnapshotName } from "./snapshotName";
import { readRqliteV10 } from "./store";

/** The layout of `src/core/FORMATS.md`, "A store of rqlite 10". */
export const rqliteV10Layout: StoreLayout = {
	name: "rqlite-v10",
	async recognise(files, path, entries) {
		const name = path === "" ? files.name : path.slice(path.lastIndexOf("/") + 1);
		// What an upgrade that was cut short has copied so far: the store that it copies is still there.
		if (path !== "" && name.endsWith(TMP_SUFFIX)) return false;
		if (entries.some((entry) => entry.name === REAP_PLAN && entry.kind === "file")) return true;
		for (const { name: directory } of entries.filter(isSnapshotDirectory)) {
			if (await holdsData(files, joinPath(path, directory))) return true;
		}
		return false;
	},
	async takesEmpty(files, entries) {
		return bearsStoreName(files, entries, STORE_NAME);
	},
	read: readRqliteV10,
};

function isSnapshotDirectory({ name, kind }: Entry): boolean {
	return kind === "directory" && parseSnapshotName(name) !== undefined;
}

/** False for a directory that cannot be listed: another one may give the store away, or its name. */
async function holdsData(files: Files, path: string): Promise<boolean> {
	try {
		return (await files.list(path)).some(({ name }) => name === DATABASE || parseWalName(name)?.kind === "own");
	} catch (error) {
		if (error instanceof FileError) return false;
		throw error;
	}
}
