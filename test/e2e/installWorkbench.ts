import { ensureBrowser } from "../support/browser";
import { installServer } from "../support/vscode/installServer";

/** Before any test, because a download may take longer than a test. */
export default async function installWorkbench(): Promise<void> {
	await installServer(console.error);
	await ensureBrowser();
}
