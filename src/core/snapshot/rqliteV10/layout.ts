import { type Entry, FileError, type Files, joinPath } from "../../files";
import { bearsStoreName } from "../flat/bearsStoreName";
import type { StoreLayout } from "../layout";
import { DATABASE, META, parseWalName, REAP_PLAN, STORE_NAME, TMP_SUFFIX } from "./fileNames";
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
		let bare = !entries.some((entry) => entry.name.endsWith(".db"));
		for (const { name: directory } of entries.filter(isSnapshotDirectory)) {
			const names = await namesIn(files, joinPath(path, directory));
			if (names.some((inside) => inside === DATABASE || parseWalName(inside)?.kind === "own")) return true;
			bare &&= names.every((inside) => inside === META);
		}
		// No other software calls a directory so: it is a store also when its snapshots are broken.
		return bare && entries.length > 0 && bearsStoreName({ name }, entries, STORE_NAME);
	},
	async takesEmpty(files, entries) {
		return bearsStoreName(files, entries, STORE_NAME);
	},
	read: readRqliteV10,
};

function isSnapshotDirectory({ name, kind }: Entry): boolean {
	return kind === "directory" && parseSnapshotName(name) !== undefined;
}

/** None for a directory that cannot be listed: another one may give the store away, or its name. */
async function namesIn(files: Files, path: string): Promise<readonly string[]> {
	try {
		return (await files.list(path)).map(({ name }) => name);
	} catch (error) {
		if (error instanceof FileError) return [];
		throw error;
	}
}
