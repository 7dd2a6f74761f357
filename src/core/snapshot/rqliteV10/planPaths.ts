import { parseSnapshotName } from "./snapshotName";

/**
 * The path in this store that a path of the node's machine stands for, by its last two names: `<id>/<file>`, or `<id>`.
 * `undefined` when they are no names that a store has. The store may have been copied from elsewhere, from Windows too.
 */
export function storePath(path: string): string | undefined {
	const [last, before] = path.split(/[/\\]/).reverse();
	if (last === undefined || last === "" || last === "." || last === "..") return undefined;
	if (before !== undefined && parseSnapshotName(before)) return `${before}/${last}`;
	return parseSnapshotName(last) ? last : undefined;
}

/** The snapshot's directory that a path of the node's machine lies in, or is. */
export function storeDirectory(path: string): string | undefined {
	return storePath(path)?.split("/")[0];
}
