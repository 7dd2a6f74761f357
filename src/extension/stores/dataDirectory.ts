import * as vscode from "vscode";
import { type DataDirectory, readDataDirectoryOf } from "../../core/dataDirectory/dataDirectory";
import { FileError } from "../../core/files";
import { type NodeSign, nodeSign } from "../../node/runningNode";
import { filesAt } from "../filesAt";

/** The data directory of a store, as it was when the store was read: plain data. */
export interface KnownDataDirectory {
	readonly uri: string;
	readonly data: DataDirectory;
	/** What shows that its node seems to be running; of directories that Node can reach. */
	readonly running: NodeSign | undefined;
}

/** The data directory that a directory is, or that a store lies in; `undefined` where there is none, or nobody can look. */
export async function dataDirectoryOf(directory: vscode.Uri): Promise<KnownDataDirectory | undefined> {
	try {
		const parent = vscode.Uri.joinPath(directory, "..");
		const found = await readDataDirectoryOf(filesAt(directory), filesAt(parent));
		return found && (await withSign(found.is === "store" ? directory : parent, found.data));
	} catch (error) {
		if (error instanceof FileError) return undefined;
		throw error;
	}
}

/** Whether there is a live database, be it one that cannot be opened. */
export function hasLiveDatabase({ data }: KnownDataDirectory): boolean {
	return data.database !== undefined || data.unusable !== undefined;
}

async function withSign(directory: vscode.Uri, data: DataDirectory): Promise<KnownDataDirectory> {
	const running = directory.scheme === "file" ? await nodeSign(directory.fsPath) : undefined;
	return { uri: directory.toString(), data, running };
}
