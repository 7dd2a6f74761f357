import { join } from "node:path";

/** A path of the store, relative and with `/`, in the words of the operating system. */
export function nativePath(directory: string, path: string): string {
	return join(directory, ...path.split("/"));
}

/** The directory above a path of the store; empty for the store's own. */
export function parentPath(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
