import { realpathSync, statSync } from "node:fs";
import { FileError } from "../core/files";
import { fileError } from "./nodeFiles";

/**
 * Where a file really is, links followed, if it is one that can be read at any place: opening a pipe would wait for
 * whoever writes it. Throws `FileError`.
 */
export function regularFile(path: string): string {
	try {
		const real = realpathSync(path);
		if (statSync(real).isFile()) return real;
	} catch (error) {
		throw fileError(path, error);
	}
	throw new FileError("not-a-file", path, `${path} is a directory or a device where a file should be.`);
}
