import { bearsStoreName } from "../flat/bearsStoreName";
import type { StoreLayout } from "../layout";
import { ownerOf } from "./listing";
import { readRqliteV8 } from "./store";

/** The layout of rqlite 8 and 9: `src/core/FORMATS.md`, "A store of rqlite 8 or 9". */
export const rqliteV8Layout: StoreLayout = {
	name: "rqlite-v8",
	async recognise(_files, path, entries) {
		// What an upgrade that was cut short has copied so far: the store that it copies is still there.
		if (path.endsWith(".tmp")) return false;
		return entries.some(({ name, kind }) => kind !== "directory" && ownerOf(name)?.file === "db");
	},
	async takesEmpty(files, entries) {
		return bearsStoreName(files, entries, "rsnapshots");
	},
	read: readRqliteV8,
};
