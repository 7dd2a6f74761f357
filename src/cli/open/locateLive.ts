import { join, relative, resolve, sep } from "node:path";
import { visible } from "../../core/text";
import { dataDirectoryAt, dataDirectoryOf, type NodeDataDirectory } from "../../node/nodeDataDirectory";
import { Failure } from "../failure";
import { asRoot, type LocatedStore, locate, rootOf } from "./locate";

/** A data directory with a live database, found below the directory of the command line. */
export interface LocatedLive extends NodeDataDirectory {
	/** Relative to that directory, with `/`. */
	readonly root: string;
	/** The store in it that was found, likewise. */
	readonly store: string | undefined;
}

/** The one live database that a command is about; `root` picks it by its data directory or its store where there are several. */
export async function locateLive(directory: string, root: string | undefined): Promise<LocatedLive> {
	const all = await locateAll(directory);
	const names = all.map((live) => visible(live.root)).join(", ");
	if (root !== undefined) {
		const wanted = asRoot(root);
		const found = all.find((live) => live.root === wanted || live.store === wanted);
		if (found) return found;
		const there = all.length === 0 ? "" : `; it has: ${names}`;
		throw new Failure(2, `${visible(directory)} has no live database in ${visible(root)}${there}.`);
	}
	const [only, another] = all;
	if (only && !another) return only;
	if (only) {
		const hint = `pick one with --store: ${names}`;
		throw new Failure(2, `${visible(directory)} has the live databases of ${all.length} nodes; ${hint}.`);
	}
	throw new Failure(
		1,
		`${visible(directory)}: there is no live database, a db.sqlite beside the store in a node's data directory.`,
	);
}

async function locateAll(directory: string): Promise<readonly LocatedLive[]> {
	const { stores, dataDirectories } = await locate(directory);
	const found = new Map<string, LocatedLive>();
	for (const store of stores) {
		const live = await locatedDataDirectory(directory, store);
		if (live && hasDatabase(live) && !found.has(live.directory)) found.set(live.directory, live);
	}
	for (const path of dataDirectories) {
		const live = await dataDirectoryAt(join(resolve(directory), path));
		if (live && hasDatabase(live)) found.set(live.directory, { ...live, root: rootOf(path), store: undefined });
	}
	return [...found.values()];
}

function hasDatabase({ data }: NodeDataDirectory): boolean {
	return data.database !== undefined || data.unusable !== undefined;
}

/** The data directory of a store that was found below `directory`. */
export async function locatedDataDirectory(
	directory: string,
	store: Pick<LocatedStore, "root" | "directory">,
): Promise<LocatedLive | undefined> {
	const data = await dataDirectoryOf(store.directory);
	const path = data && relative(resolve(directory), data.directory).replaceAll(sep, "/");
	return data && path !== undefined ? { ...data, root: rootOf(path), store: store.root } : undefined;
}
