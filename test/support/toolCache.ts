import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where the tools are kept that tests need. `SNAPSHOT_STORE_VSCODE_CACHE` names another directory. */
export function toolCache(): string {
	return process.env["SNAPSHOT_STORE_VSCODE_CACHE"] || join(userCache(), "snapshot-store-browser");
}

/**
 * Has a tool installed into a folder of the cache, unless it is there, and answers the folder's path. `marker`: a file in
 * it whose presence says that the installation is whole. `install` gets an empty directory, which is moved to `home`.
 */
export async function inCache(
	folder: string,
	marker: string,
	install: (draft: string, home: string) => Promise<void>,
): Promise<string> {
	const cache = toolCache();
	const home = join(cache, folder);
	if (existsSync(join(home, marker))) return home;
	await mkdir(cache, { recursive: true });
	await removeAbandoned(cache, folder);
	const draft = await mkdtemp(join(cache, `${folder}.draft-`));
	try {
		await install(draft, home);
		await moveIntoPlace(draft, home, marker);
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
	return home;
}

/** Another process may have been faster, in which case its installation stays; one without a marker is broken. */
async function moveIntoPlace(draft: string, home: string, marker: string): Promise<void> {
	try {
		await rename(draft, home);
	} catch (error) {
		if (existsSync(join(home, marker))) return;
		if (!existsSync(home)) throw error;
		await rm(home, { recursive: true, force: true });
		await rename(draft, home);
	}
}

const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Removes what installations left behind that were cut short. */
async function removeAbandoned(cache: string, folder: string): Promise<void> {
	for (const name of await readdir(cache)) {
		if (!name.startsWith(`${folder}.draft-`)) continue;
		const draft = join(cache, name);
		const { mtimeMs } = await stat(draft);
		if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(draft, { recursive: true, force: true });
	}
}

function userCache(): string {
	const home = homedir();
	switch (process.platform) {
		case "darwin":
			return join(home, "Library", "Caches");
		case "win32":
			return process.env["LOCALAPPDATA"] || join(home, "AppData", "Local");
		default:
			return process.env["XDG_CACHE_HOME"] || join(home, ".cache");
	}
}
