import type { Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { checkReal } from "./checkReal";
import type { Disk } from "./disk/disk";
import { StoreError } from "./storeError";

/** What a store's directory may hold before it has `generations/`: a crash can have come first. */
const OWN = new Set(["scratchpad", "lock"]);

/**
 * Makes what is missing of a store: its directory, those above, `generations/`. Durable when the promise resolves. A
 * directory that holds other things is left alone: `StoreError` `not-a-store`.
 */
export async function prepareDirectory(disk: Disk, directory: string): Promise<void> {
	await makeMissing(disk, directory);
	const generations = join(directory, "generations");
	const there = await look(generations);
	if (there?.isDirectory()) return;
	const names = await readdir(directory);
	const foreign = there ? "generations" : names.find((name) => !OWN.has(name));
	if (foreign !== undefined) {
		throw new StoreError(
			"not-a-store",
			directory,
			`${directory} is no snapshot store: it holds ${foreign}${there ? ", which is no directory" : ""}. A new store needs an empty directory.`,
		);
	}
	await disk.makeDirectory(generations);
	await disk.syncDirectory(directory);
}

/** Makes the work directory of a writer where it is missing; a link in its place is `StoreError` `symbolic-link`. */
export async function prepareScratchpad(disk: Disk, directory: string): Promise<void> {
	await checkReal(directory, "scratchpad");
	const scratchpad = join(directory, "scratchpad");
	if (await look(scratchpad)) return;
	await disk.makeDirectory(scratchpad);
	await disk.syncDirectory(directory);
}

async function makeMissing(disk: Disk, directory: string): Promise<void> {
	const there = await look(directory);
	if (there?.isDirectory()) return;
	if (there) throw new StoreError("not-a-store", directory, `${directory} is no directory.`);
	const parent = dirname(directory);
	await makeMissing(disk, parent);
	await disk.makeDirectory(directory);
	await disk.syncDirectory(parent);
}

/** What is there, through links; a link that leads nowhere counts as something. */
async function look(path: string): Promise<Stats | undefined> {
	try {
		return await stat(path);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
		return lstat(path).catch(() => undefined);
	}
}
