import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { storeErrorOf } from "../storeError";
import type { Disk } from "./disk";

/** Removes whatever has a name: a file, a link but not what it points at, a directory with all that is in it. */
export async function removeTree(disk: Disk, path: string): Promise<void> {
	if (!(await isDirectory(path))) return disk.removeFile(path);
	for (const name of await namesIn(path)) await removeTree(disk, join(path, name));
	await disk.removeDirectory(path);
}

async function isDirectory(path: string): Promise<boolean> {
	const stats = await lstat(path).catch(() => undefined); // nothing there: removing it is nothing to do either
	return stats?.isDirectory() ?? false;
}

async function namesIn(path: string): Promise<readonly string[]> {
	try {
		return await readdir(path);
	} catch (error) {
		throw storeErrorOf(path, error);
	}
}
