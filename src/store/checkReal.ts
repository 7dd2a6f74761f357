import type { Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { StoreError, storeErrorOf } from "./storeError";

/**
 * Throws `StoreError` `symbolic-link` when a part of a path, below the store's directory, is a link: a write would land
 * somewhere else. What is not there yet is no link.
 */
export async function checkReal(directory: string, path: string): Promise<void> {
	let at = directory;
	for (const part of path.split("/")) {
		at = join(at, part);
		const stats = await look(at);
		if (stats?.isSymbolicLink()) {
			throw new StoreError(
				"symbolic-link",
				at,
				`${at} is a symbolic link; the store does not write through links. Put what it points at in its place.`,
			);
		}
	}
}

async function look(path: string): Promise<Stats | undefined> {
	try {
		return await lstat(path);
	} catch (error) {
		if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
			return undefined;
		throw storeErrorOf(path, error);
	}
}
