import { type Cancellation, FileError, type Files, joinPath } from "../files";
import { GENERATIONS, isGenerationsLayout, looksLikeGenerations } from "./generations/layout";

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
			const names = await directoriesIn(files, directory);
			entriesLeft -= names.visited;
			if (entriesLeft < 0) return { paths: paths.sort(), complete: false };
			if (names.directories.includes(GENERATIONS) && (await isStore(files, directory))) paths.push(directory);
			else
				next.push(
					...names.directories.map((name) => joinPath(directory, name)).filter((path) => !exclude(nameOf(path), path)),
				);
		}
		level = next;
	}
	return { paths: paths.sort(), complete: true };
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

/** The directory that was asked for is a store also while it has no generation, or does not let them be seen. */
async function isStoreItself(files: Files): Promise<boolean> {
	if (!(await isGenerationsLayout(files))) return false;
	try {
		return (await files.list(GENERATIONS)).length === 0 || (await looksLikeGenerations(files, GENERATIONS));
	} catch (error) {
		if (error instanceof FileError) return true;
		throw error;
	}
}

async function isStore(files: Files, directory: string): Promise<boolean> {
	try {
		return await looksLikeGenerations(files, joinPath(directory, GENERATIONS));
	} catch (error) {
		if (error instanceof FileError) return false;
		throw error;
	}
}

async function directoriesIn(files: Files, directory: string): Promise<{ directories: string[]; visited: number }> {
	try {
		const entries = await files.list(directory);
		const directories = entries.filter(({ kind, link }) => kind === "directory" && !link).map(({ name }) => name);
		return { directories, visited: entries.length };
	} catch (error) {
		if (!(error instanceof FileError) || directory === "") throw error;
		return { directories: [], visited: 0 };
	}
}
