import { type Cancellation, type Entry, FileError, type Files, joinPath } from "../files";
import { layoutOf, recogniseLayout } from "./layouts";

export interface DiscoverOptions {
	/** How many directories deep to look; 0 looks at the directory itself alone. */
	readonly maxDepth?: number;
	/** How many directory entries to look at before giving up. */
	readonly maxEntries?: number;
	/** Directories not to look into, by name and by path relative to where the search began. */
	readonly exclude?: (name: string, path: string) => boolean;
	readonly cancel?: Cancellation;
}

export interface Discovery {
	/** Directories of stores, relative to where the search began, sorted; empty text for that directory itself. */
	readonly paths: readonly string[];
	/** False when there was more to look at than `maxEntries`. */
	readonly complete: boolean;
}

const SKIPPED = new Set(["node_modules", ".git"]);

/** What `findStores` leaves out when nothing else is said. */
function isSkippedByDefault(name: string): boolean {
	return SKIPPED.has(name);
}

/**
 * Looks for snapshot stores in a directory and below, breadth first. Links are not followed, stores are not looked into,
 * directories that cannot be read are passed over. Throws `FileError` when the first directory cannot be read.
 */
export async function findStores(files: Files, options: DiscoverOptions = {}): Promise<Discovery> {
	const { maxDepth = 6, maxEntries = 50_000, exclude = isSkippedByDefault, cancel } = options;
	if (await isStoreItself(files)) return { paths: [""], complete: true };
	const paths: string[] = [];
	let entriesLeft = maxEntries;
	let level = [""];
	for (let depth = 0; level.length > 0 && depth <= maxDepth; depth++) {
		const next: string[] = [];
		for (const directory of level) {
			cancel?.throwIfAborted();
			const entries = await entriesOf(files, directory);
			entriesLeft -= entries.length;
			if (entriesLeft < 0) return { paths: paths.sort(), complete: false };
			if (await isStore(files, directory, entries)) {
				paths.push(directory);
				continue;
			}
			const directories = entries.filter(({ kind, link }) => kind === "directory" && !link);
			const below = directories.map(({ name }) => joinPath(directory, name));
			next.push(...below.filter((path) => !exclude(nameOf(path), path)));
		}
		level = next;
	}
	return { paths: paths.sort(), complete: true };
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

/** The directory that was asked for is a store also while it has no snapshot, or does not let them be seen. */
async function isStoreItself(files: Files): Promise<boolean> {
	try {
		return (await layoutOf(files)) !== undefined;
	} catch (error) {
		if (error instanceof FileError && error.path !== "") return true;
		throw error;
	}
}

async function isStore(files: Files, directory: string, entries: readonly Entry[]): Promise<boolean> {
	try {
		return (await recogniseLayout(files, directory, entries)) !== undefined;
	} catch (error) {
		if (error instanceof FileError) return false;
		throw error;
	}
}

async function entriesOf(files: Files, directory: string): Promise<readonly Entry[]> {
	try {
		return await files.list(directory);
	} catch (error) {
		if (!(error instanceof FileError) || directory === "") throw error;
		return [];
	}
}
