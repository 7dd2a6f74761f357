import { isDataDirectory } from "../dataDirectory/dataDirectory";
import { eachInTurn } from "../eachInTurn";
import { type Cancellation, type Entry, FileError, type Files, joinPath } from "../files";
import { layoutOf, recogniseLayout } from "./layouts";

export interface DiscoverOptions {
	/** How many directories deep to look; 0 looks at the directory itself alone. */
	readonly maxDepth?: number;
	/** How many directories to list before giving up. Files cost next to nothing: they are not counted. */
	readonly maxDirectories?: number;
	/** How long to look before giving up. */
	readonly maxMilliseconds?: number;
	/** Directories not to look into, by name and by path relative to where the search began. */
	readonly exclude?: (name: string, path: string) => boolean;
	readonly cancel?: Cancellation;
}

export interface Discovery {
	/** Directories of stores, relative to where the search began, sorted; empty text for that directory itself. */
	readonly paths: readonly string[];
	/** Data directories of nodes that hold no store but a live database, likewise. */
	readonly dataDirectories: readonly string[];
	/** False when there was more to look at than `maxDirectories` or `maxMilliseconds` allowed. */
	readonly complete: boolean;
	/** How many directories were listed. */
	readonly directories: number;
}

const SKIPPED = new Set(["node_modules", ".git"]);

/** What `findStores` leaves out when nothing else is said. */
function isSkippedByDefault(name: string): boolean {
	return SKIPPED.has(name);
}

/**
 * Looks for snapshot stores in a directory and below, breadth first, and for data directories of nodes. Links are not
 * followed, stores are not looked into, directories that cannot be read are passed over. Throws `FileError` when the
 * first directory cannot be read.
 */
export async function findStores(files: Files, options: DiscoverOptions = {}): Promise<Discovery> {
	const { maxDepth = 6, maxDirectories = 100_000, maxMilliseconds = 10_000 } = options;
	const { exclude = isSkippedByDefault, cancel } = options;
	if (await isStoreItself(files)) return { paths: [""], dataDirectories: [], complete: true, directories: 1 };
	const budget = { directories: 0, until: Date.now() + maxMilliseconds };
	const isSpent = () => budget.directories >= maxDirectories || Date.now() >= budget.until;
	const paths: string[] = [];
	const nodes: string[] = [];
	let complete = true;
	let level = [""];
	for (let depth = 0; level.length > 0 && complete; depth++) {
		const lookAt = async (path: string): Promise<Looked | undefined> => {
			if (isSpent()) return undefined;
			budget.directories++;
			return look(files, path);
		};
		const looked = await eachInTurn(level, lookAt, cancel);
		complete = !looked.includes(undefined);
		level = [];
		for (const found of looked) {
			if (found === undefined) continue;
			if (found.isStore) paths.push(found.path);
			if (found.isNode) nodes.push(found.path);
			// A node's store lies right below its data directory: to see the one without the other would mislead.
			if (!found.isStore && (depth < maxDepth || (depth === maxDepth && found.isNode))) {
				for (const below of found.below) if (!exclude(nameOf(below), below)) level.push(below);
			}
		}
	}
	const withStore = new Set(paths.map(parentOf));
	const dataDirectories = nodes.filter((path) => !withStore.has(path));
	return { paths: paths.sort(), dataDirectories: dataDirectories.sort(), complete, directories: budget.directories };
}

interface Looked {
	readonly path: string;
	readonly isStore: boolean;
	/** Whether it is a data directory; of a store itself that does not matter. */
	readonly isNode: boolean;
	/** Directories in it. */
	readonly below: readonly string[];
}

async function look(files: Files, path: string): Promise<Looked> {
	const entries = await entriesOf(files, path);
	const isStoreHere = await showsStore(files, path, entries);
	const below: string[] = [];
	for (const { kind, link, name } of entries) if (kind === "directory" && !link) below.push(joinPath(path, name));
	return { path, isStore: isStoreHere, isNode: !isStoreHere && isDataDirectory(entries), below };
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

function parentOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
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

/** Whether the port's own directory shows by what is in it to be a store. One that cannot be read does not. */
export function isStore(files: Files): Promise<boolean> {
	return showsStore(files, "", files.list(""));
}

async function showsStore(
	files: Files,
	directory: string,
	entries: readonly Entry[] | Promise<readonly Entry[]>,
): Promise<boolean> {
	try {
		return (await recogniseLayout(files, directory, await entries)) !== undefined;
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
