import { realpathSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";

/** Whether a file that may not be there yet is, or would be, in a directory or below it; links are followed. */
export function liesIn(directory: string, file: string): boolean {
	const real = join(realpathSync(dirname(file)), basename(file));
	const way = relative(realpathSync(directory), real);
	return way === "" || !(way === ".." || way.startsWith(`..${sep}`));
}
