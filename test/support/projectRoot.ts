import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The working tree, whether this runs from its source or from a bundle in .cache. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(directory: string): string {
	if (existsSync(join(directory, ".esbuild.mjs"))) return directory;
	const parent = dirname(directory);
	if (parent === directory) throw new Error("not inside the working tree of snapshot-store-browser");
	return findRoot(parent);
}
