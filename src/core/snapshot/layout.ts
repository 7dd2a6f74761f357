import type { Cancellation, Entry, Files } from "../files";
import type { LayoutName, Store } from "./model";

/** One way in which a store lies on disk. `src/core/FORMATS.md`, "Adding a layout", tells how to add one. */
export interface StoreLayout {
	readonly name: LayoutName;
	/**
	 * Whether the directory at `path`, of which `entries` is the listing, holds what only a store of this layout has.
	 * Looks at listings alone, and only further down where names say that it is worth it. Throws `FileError`.
	 */
	recognise(files: Files, path: string, entries: readonly Entry[]): Promise<boolean>;
	/** Whether the port's own directory, which nothing in it gives away, is to be taken for a store without snapshots. */
	takesEmpty(files: Files, entries: readonly Entry[]): Promise<boolean>;
	/** Everything that the store in the port's directory holds. Throws `FileError` when that cannot be listed. */
	read(files: Files, cancel?: Cancellation): Promise<Store>;
}
