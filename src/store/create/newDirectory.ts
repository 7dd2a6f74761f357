import { dirname } from "node:path";
import { type ByteSource, bytesSource } from "../../core/files";
import type { Disk } from "../disk/disk";
import { removeTree } from "../disk/removeTree";
import { writeFile } from "../disk/writeFile";
import { nativePath } from "../nativePath";
import { metaText, type NewMeta } from "./metaText";

/** A directory that becomes part of the store, all at once. */
export interface NewDirectory {
	/** Its name once it is complete; relative to the store, with `/`. What is above it is there. */
	readonly path: string;
	/** Directories in it, relative to it, each behind those above it. */
	readonly directories: readonly string[];
	/** Files in it. */
	readonly files: readonly { readonly path: string; readonly source: ByteSource }[];
}

/**
 * Makes a directory under a name that no reader looks at, syncs all that is in it, then gives it its own name. When the
 * promise resolves it is there and durable; when it rejects nothing of it is there.
 */
export async function makeNewDirectory(disk: Disk, store: string, made: NewDirectory): Promise<void> {
	const path = nativePath(store, made.path);
	const temporary = `${path}.tmp`;
	let named = false;
	try {
		await disk.makeDirectory(temporary);
		for (const directory of made.directories) await disk.makeDirectory(nativePath(temporary, directory));
		for (const file of made.files) await writeFile(disk, nativePath(temporary, file.path), file.source);
		for (const directory of made.directories.toReversed()) await disk.syncDirectory(nativePath(temporary, directory));
		await disk.syncDirectory(temporary);
		await disk.rename(temporary, path);
		named = true;
		await disk.syncDirectory(dirname(path));
	} catch (error) {
		if (named) await disk.rename(path, temporary).catch(() => {}); // what happened first is the answer
		await removeTree(disk, temporary).catch(() => {});
		throw error;
	}
}

/** The bytes of `meta.json`. */
export function metaSource(meta: NewMeta): ByteSource {
	return bytesSource(new TextEncoder().encode(metaText(meta)));
}
