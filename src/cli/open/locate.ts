import { stat } from "node:fs/promises";
import { dirname, join, posix, resolve } from "node:path";
import { FileError } from "../../core/files";
import { findSnapshot, readStore, storeFindings, storeSnapshots } from "../../core/snapshot/catalog";
import { findStores, isStore } from "../../core/snapshot/discover";
import type { Snapshot, Store } from "../../core/snapshot/model";
import { visible } from "../../core/text";
import { nodeFiles } from "../../node/nodeFiles";
import { Failure, oneLine } from "../failure";

/** A store that was found below the directory of the command line. */
export interface LocatedStore {
	/** Relative to that directory, with `/`; `.` for itself. */
	readonly root: string;
	/** Absolute. */
	readonly directory: string;
	readonly store: Store;
}

/** What was found in the directory of the command line, or below it. */
export interface Located {
	/** By path. */
	readonly stores: readonly LocatedStore[];
	/** Data directories of nodes that hold no store but a live database; relative to that directory, sorted. */
	readonly dataDirectories: readonly string[];
}

/** All stores in a directory or below it. Throws `Failure` when there is none. */
export async function locateStores(directory: string): Promise<readonly LocatedStore[]> {
	const { stores, dataDirectories } = await locate(directory);
	if (stores.length > 0) return stores;
	const live = dataDirectories.map((path) => visible(rootOf(path))).join(", ");
	throw new Failure(
		2,
		`There is no snapshot store in ${visible(directory)}, only the live database of a node (${live}), which can be listed, queried and restored.`,
	);
}

/** All stores and data directories in a directory or below it. Throws `Failure` when there is none of either. */
export async function locate(directory: string): Promise<Located> {
	const top = resolve(directory);
	try {
		if (!(await stat(top)).isDirectory())
			throw new Failure(2, `${visible(directory)} is no directory. ${await whatToName(dirname(top))}`);
		const { paths, dataDirectories, complete, directories } = await findStores(nodeFiles(top));
		if (paths.length + dataDirectories.length === 0)
			throw new Failure(2, `${nothingFound(directory, complete, directories)} ${await whatToName(dirname(top))}`);
		if (!complete)
			process.stderr.write(
				`${visible(directory)}: the search ended after ${directories} directories; there may be more stores. Name a directory further down.\n`,
			);
		const stores: LocatedStore[] = [];
		for (const path of paths) {
			stores.push({ root: rootOf(path), directory: join(top, path), store: await readSettled(join(top, path)) });
		}
		return { stores, dataDirectories };
	} catch (error) {
		if (error instanceof FileError) throw new Failure(2, `${visible(directory)}: ${oneLine(error)}`);
		if (isSystemError(error))
			throw new Failure(
				2,
				`${visible(directory)} ${error.code === "ENOENT" ? "is not there" : `cannot be read: ${error.code}`}.`,
			);
		throw error;
	}
}

const READINGS = 3;

/**
 * A node that is at work moves files to where a listing has been already, and a snapshot seems to miss one. What looks
 * wrong is listed again, a few times at most.
 */
async function readSettled(directory: string): Promise<Store> {
	const files = nodeFiles(directory);
	let store = await readStore(files);
	for (let reading = 1; reading < READINGS && looksWrong(store); reading++) store = await readStore(files);
	return store;
}

function looksWrong(store: Store): boolean {
	return storeFindings(store).some(({ severity }) => severity === "error");
}

/** How a path is named to people: the directory of the command line itself is `.`. */
export function rootOf(path: string): string {
	return path === "" ? "." : path;
}

/** A path below that directory as `rootOf` names it. */
export function asRoot(path: string): string {
	return posix.normalize(path.replaceAll("\\", "/")).replace(/(?<=.)\/+$/, "");
}

function nothingFound(directory: string, complete: boolean, directories: number): string {
	const where = complete
		? "There is no snapshot store in"
		: `No snapshot store was found in the first ${directories} directories of`;
	return `${where} ${visible(directory)}.`;
}

/** How far below a store its files lie: `generations/<number>/<id>/wal`. */
const STORE_DEPTH = 3;

/** What to name in place of a path that is no store: the store around it, if there is one. `above`: the directory over it. */
async function whatToName(above: string): Promise<string> {
	let at = above;
	for (let levels = 0; levels < STORE_DEPTH; levels++) {
		if (await isStore(nodeFiles(at))) return `It lies in the store ${visible(at)}: name that.`;
		at = dirname(at);
	}
	return "A store is what rqlite keeps as generations/, or in snapshots/, rsnapshots/ or wsnapshots/, with a snapshot in it.";
}

/** The one store that a command is about; `root` picks it where there are several. */
export async function locateStore(directory: string, root: string | undefined): Promise<LocatedStore> {
	const stores = await locateStores(directory);
	const names = stores.map((store) => visible(store.root)).join(", ");
	if (root !== undefined) {
		const wanted = asRoot(root);
		const found = stores.find((store) => store.root === wanted);
		if (!found) throw new Failure(2, `${visible(directory)} has no store ${visible(root)}; it has: ${names}.`);
		return found;
	}
	if (stores.length > 1)
		throw new Failure(2, `${visible(directory)} has ${stores.length} stores; pick one with --store: ${names}.`);
	return stores[0]!;
}

/** The snapshot of an id or `latest`. Throws `Failure` when the store has none. */
export function locateSnapshot({ store, directory }: LocatedStore, id: string): Snapshot {
	const snapshot = findSnapshot(store, id);
	if (snapshot) return snapshot;
	const count = storeSnapshots(store).length;
	throw new Failure(
		1,
		`${visible(directory)}: snapshot ${visible(id)} not found; the store has ${count === 0 ? "none" : `${count}, see snapstore list`}.`,
	);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && "syscall" in error;
}
