import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What `snapstore --version` prints: that of the package which holds the program. */
export async function versionText(): Promise<string> {
	const manifest: { readonly version: string } = JSON.parse(await readFile(join(__dirname, "../package.json"), "utf8"));
	return `snapstore ${manifest.version}\n`;
}
