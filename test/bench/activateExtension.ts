import * as vscode from "vscode";
import { REPORT_PREFIX } from "../support/vscode/reportPrefix";

/** Logs how many seconds the activation of the extension takes. Called by VS Code in its extension host. */
export async function run(): Promise<void> {
	const extension = vscode.extensions.getExtension("snapshot-store-browser.snapshot-store-browser");
	if (extension === undefined || extension.isActive) throw new Error("the extension is missing, or active already");
	const begun = performance.now();
	await extension.activate();
	console.log(`${REPORT_PREFIX}${(performance.now() - begun) / 1000}`);
}
