import { dirname } from "node:path";
import { type DataDirectory, readDataDirectory, readDataDirectoryOf } from "../core/dataDirectory/dataDirectory";
import { nodeFiles } from "./nodeFiles";
import { type NodeSign, nodeSign } from "./runningNode";

/** A node's data directory on Node's file system. */
export interface NodeDataDirectory {
	/** As it was asked for. */
	readonly directory: string;
	readonly data: DataDirectory;
	/** What shows that its node seems to be running. */
	readonly running: NodeSign | undefined;
}

/** The data directory that a store lies in, or is; `undefined` when there is none. Throws `FileError`. */
export async function dataDirectoryOf(storeDirectory: string): Promise<NodeDataDirectory | undefined> {
	const parent = dirname(storeDirectory);
	const found = await readDataDirectoryOf(nodeFiles(storeDirectory), nodeFiles(parent));
	return found && withSign(found.is === "store" ? storeDirectory : parent, found.data);
}

/** A directory that is known to be a data directory. Throws `FileError`. */
export async function dataDirectoryAt(directory: string): Promise<NodeDataDirectory | undefined> {
	const data = await readDataDirectory(nodeFiles(directory));
	return data && withSign(directory, data);
}

async function withSign(directory: string, data: DataDirectory): Promise<NodeDataDirectory> {
	return { directory, data, running: await nodeSign(directory) };
}
