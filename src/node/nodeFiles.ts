import type { Dirent, Stats } from "node:fs";
import { lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { basename, join, resolve, sep } from "node:path";
import { type Entry, type EntryKind, FileError, type Files, joinPath, type Stat } from "../core/files";

/** The port over a directory of Node's file system. Nothing is kept open between calls. */
export function nodeFiles(directory: string): Files {
	const native = (path: string) => join(directory, ...path.split("/"));
	let root: Promise<string> | undefined;

	/** Where a path really is, links along it followed; `undefined` when that is not in the directory. */
	async function inside(path: string): Promise<string | undefined> {
		root ??= realpath(directory);
		const [top, target] = [await root, await realpath(native(path))];
		return target === top || target.startsWith(top.endsWith(sep) ? top : top + sep) ? target : undefined;
	}

	/** As `inside`, for reading: a link further up the path could lead out as well as the last one. */
	async function mustBeInside(path: string): Promise<string> {
		const target = await inside(path);
		if (target === undefined)
			throw new FileError("outside", path, `${path} leads out of the store; it is not followed.`);
		return target;
	}

	/** What a link points at, without leaving the directory. */
	async function followLink(path: string): Promise<{ readonly kind: EntryKind; readonly stats?: Stats }> {
		try {
			const target = await inside(path);
			if (target === undefined) return { kind: "link-outside" };
			const stats = await stat(target);
			return { kind: kindOf(stats), stats };
		} catch (error) {
			if (hasCode(error, "ENOENT", "ELOOP", "ENOTDIR")) return { kind: "link-broken" };
			throw fileError(path, error);
		}
	}

	return {
		name: basename(resolve(directory)),
		async list(path) {
			let entries: Dirent[];
			try {
				entries = await readdir(await mustBeInside(path), { withFileTypes: true });
			} catch (error) {
				throw fileError(path, error);
			}
			const listed = entries.map(
				(entry): Entry => ({ name: entry.name, kind: kindOf(entry), link: entry.isSymbolicLink() }),
			);
			// Nearly every directory is without links; then there is nothing to wait for.
			if (!listed.some(({ link }) => link)) return listed;
			return Promise.all(
				listed.map(async (entry) =>
					entry.link ? { ...entry, kind: (await followLink(joinPath(path, entry.name))).kind } : entry,
				),
			);
		},
		async stat(path): Promise<Stat | undefined> {
			try {
				const stats = await lstat(native(path));
				if (!stats.isSymbolicLink()) return statOf(kindOf(stats), stats);
				const target = await followLink(path);
				return statOf(target.kind, target.stats ?? stats);
			} catch (error) {
				if (hasCode(error, "ENOENT", "ENOTDIR")) return undefined;
				throw fileError(path, error);
			}
		},
		async read(path, offset, length) {
			try {
				const handle = await open(await mustBeInside(path), "r");
				try {
					const bytes = new Uint8Array(length);
					let read = 0;
					while (read < length) {
						const { bytesRead } = await handle.read(bytes, read, length - read, offset + read);
						if (bytesRead === 0) break;
						read += bytesRead;
					}
					return bytes.subarray(0, read);
				} finally {
					await handle.close();
				}
			} catch (error) {
				throw fileError(path, error);
			}
		},
	};
}

function statOf(kind: EntryKind, stats: Stats): Stat {
	return { kind, sizeBytes: stats.size, modifiedAt: stats.mtimeMs };
}

function kindOf(entry: Pick<Dirent, "isFile" | "isDirectory">): "file" | "directory" | "other" {
	return entry.isFile() ? "file" : entry.isDirectory() ? "directory" : "other";
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
	return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** Node's error in the words of the port. */
export function fileError(path: string, error: unknown): FileError {
	if (error instanceof FileError) return error;
	const name = path === "" ? "The directory" : path;
	if (hasCode(error, "ENOENT")) return new FileError("not-found", path, `${name} is not there.`);
	if (hasCode(error, "EACCES", "EPERM"))
		return new FileError("no-permission", path, `${name} cannot be read: no permission.`);
	if (hasCode(error, "ENOTDIR")) return new FileError("not-a-directory", path, `${name} is no directory.`);
	if (hasCode(error, "EISDIR"))
		return new FileError("not-a-file", path, `${name} is a directory where a file should be.`);
	return new FileError(
		"unreadable",
		path,
		`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
	);
}
