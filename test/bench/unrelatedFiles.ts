import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGES = 20;
const MODULES = 25;
const PARTS = 20;
const FILES = 10;

/**
 * Writes 100,000 empty files in 10,000 directories, three deep, and one store two directories below one of them. Kept
 * and used again when it is there.
 */
export function unrelatedFiles(directory: string): string {
	if (existsSync(directory)) return directory;
	const unfinished = `${directory}.tmp`;
	rmSync(unfinished, { recursive: true, force: true });
	for (let at = 0; at < PACKAGES * MODULES * PARTS; at++) {
		const [part, module, top] = [at % PARTS, Math.floor(at / PARTS) % MODULES, Math.floor(at / PARTS / MODULES)];
		const path = join(unfinished, `package${top}`, `module${module}`, `part${part}`);
		mkdirSync(path, { recursive: true });
		for (let file = 0; file < FILES; file++) writeFileSync(join(path, `file${file}.txt`), "");
	}
	mkdirSync(join(unfinished, "package13/module7/part11/node/snapshots/generations/0000000001"), { recursive: true });
	renameSync(unfinished, directory);
	return directory;
}
