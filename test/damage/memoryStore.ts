import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bytesSource, type Entry, FileError, type Files } from "../../src/core/files";
import type { OpenFile } from "../../src/core/verify/verifyGeneration";

/** Files by path, with `/`; a directory is there when a file is below it, or its path is in `directories`. */
export interface MemoryStore {
	readonly name: string;
	readonly files: ReadonlyMap<string, Uint8Array>;
	readonly directories: ReadonlySet<string>;
}

/** What a directory of the disk holds, in memory. */
export function loadStore(directory: string, name: string): MemoryStore {
	const files = new Map<string, Uint8Array>();
	const directories = new Set<string>();
	for (const path of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
		if (statSync(join(directory, path)).isDirectory()) directories.add(path);
		else files.set(path, new Uint8Array(readFileSync(join(directory, path))));
	}
	return { name, files, directories };
}

/** The port over such a store. */
export function memoryFiles({ name, files, directories }: MemoryStore): Files {
	const bytesOf = (path: string): Uint8Array => {
		const bytes = files.get(path);
		if (!bytes) throw new FileError("not-found", path, `${path} is not there.`);
		return bytes;
	};
	return {
		name,
		async list(path) {
			const start = path === "" ? "" : `${path}/`;
			const entries = new Map<string, Entry>();
			for (const below of [...files.keys(), ...directories]) {
				if (!below.startsWith(start) || below === path) continue;
				const [child, ...rest] = below.slice(start.length).split("/");
				const kind = rest.length > 0 || directories.has(below) ? "directory" : "file";
				entries.set(child!, { name: child!, kind, link: false });
			}
			return [...entries.values()];
		},
		async stat(path) {
			const bytes = files.get(path);
			if (bytes) return { kind: "file", sizeBytes: bytes.byteLength, modifiedAt: 0 };
			const isDirectory = directories.has(path) || [...files.keys()].some((file) => file.startsWith(`${path}/`));
			return isDirectory ? { kind: "directory", sizeBytes: 0, modifiedAt: 0 } : undefined;
		},
		read: async (path, offset, length) => bytesOf(path).slice(offset, offset + length),
	};
}

export function memoryOpener({ files }: MemoryStore): OpenFile {
	return async ({ path }) => {
		const bytes = files.get(path);
		if (!bytes) throw new FileError("not-found", path, `${path} is not there.`);
		return { ...bytesSource(bytes), close() {} };
	};
}
