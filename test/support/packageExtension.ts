import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { projectRoot } from "./projectRoot";

/** Packages the extension as it is built, and answers the file, which lies in a directory. */
export async function packageExtension(directory: string): Promise<string> {
	const packagePath = join(directory, "snapshot-store-browser.vsix");
	await createVSIX({
		cwd: projectRoot,
		packagePath,
		dependencies: false,
		allowMissingRepository: true,
		rewriteRelativeLinks: false,
	});
	return packagePath;
}
