import * as vscode from "vscode";
import { formatBytes } from "../../core/format/formatBytes";
import { withoutLinks } from "../text/withoutMarkup";
import type { Result, Running } from "./verifier";

const { t } = vscode.l10n;

/** Waits for a verification behind a notification that says how far it is and can cancel it. */
export async function showProgress(running: Running): Promise<Result> {
	const place = vscode.workspace.asRelativePath(running.known.uri, true);
	const title = withoutLinks(t("Verifying {0}", place));
	return vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
		async (progress, token) => {
			let shown = 0;
			const listening = [
				token.onCancellationRequested(() => running.cancel()),
				running.onDidProgress(() => {
					const percent = percentOf(running);
					if (percent <= shown) return;
					progress.report({ increment: percent - shown, message: bytesText(running) });
					shown = percent;
				}),
			];
			try {
				return await running.result;
			} finally {
				for (const listener of listening) listener.dispose();
			}
		},
	);
}

/** How far a verification is, 0 to 100. */
export function percentOf({ bytes }: Running): number {
	return bytes === undefined ? 0 : Math.floor((bytes.read / Math.max(1, bytes.total)) * 100);
}

/** "1.5 MiB of 4 MiB", or nothing before the first byte. */
export function bytesText({ bytes }: Running): string {
	if (bytes === undefined) return "";
	const { language } = vscode.env;
	return t("{0} of {1}", formatBytes(bytes.read, language), formatBytes(bytes.total, language));
}
