import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "../support/browser";
import { packageExtension } from "../support/packageExtension";
import { installServer } from "../support/vscode/installServer";

/** Before any test, because a download may take longer than a test. */
export default async function installWorkbench(): Promise<() => void> {
	await installServer(console.error);
	await ensureBrowser();
	if (process.env["VSCODE"] !== "newest") return () => {};
	// It loads no extension from its working tree in a browser's window.
	const packages = mkdtempSync(join(tmpdir(), "e2e-packaged-"));
	process.env["PACKAGED"] = await packageExtension(packages);
	return () => rmSync(packages, { recursive: true });
}
