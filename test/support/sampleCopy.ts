import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "./projectRoot";

/** Copies the sample that the build writes to `<parent>/sample`, times included, and answers where it is now. */
export async function copySample(parent: string): Promise<string> {
	const source = join(projectRoot, "dist", "sample");
	if (!existsSync(source)) throw new Error(`${source} is missing: run "npm run build"`);
	const target = join(parent, "sample");
	await cp(source, target, { recursive: true, preserveTimestamps: true });
	return target;
}
