import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../support/projectRoot";

/** Bundles a program of this folder so that Node can run it. Answers the path. */
export async function buildProgram(name: string): Promise<string> {
	const outfile = join(projectRoot, ".cache/tools/crash", `${name}.cjs`);
	await build({
		entryPoints: [join(projectRoot, "test/crash", `${name}.ts`)],
		outfile,
		bundle: true,
		platform: "node",
		target: "node20",
		external: ["node-sqlite3-wasm"],
		logLevel: "error",
	});
	return outfile;
}
