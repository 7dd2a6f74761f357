import * as vscode from "vscode";
import { runningNode } from "../../node/runningNode";
import type { KnownStore } from "../stores/knownStore";
import { Refusal } from "./refusal";

const { t } = vscode.l10n;

/** The directory of a store that a command may write into. Throws `Refusal` with the reason why not. */
export async function writableDirectory(store: KnownStore, isSample: boolean): Promise<string> {
	const directory = localDirectory(store);
	if (isSample) {
		throw new Refusal(
			t("The sample stays as it comes with the extension. Copy it into a folder of yours, and open that."),
		);
	}
	const reason = await runningNode(directory);
	if (reason !== undefined) throw new Refusal(reason);
	return directory;
}

/** The directory of a store whose files Node can open, in a window where something may be written. Throws `Refusal`. */
export function localDirectory({ uri }: KnownStore): string {
	requireTrust();
	if (uri.scheme !== "file") {
		throw new Refusal(t("{0} is not on a disk of the machine that this extension runs on.", uri.toString()));
	}
	return uri.fsPath;
}

/** Throws `Refusal` in a window where nothing may be written. */
export function requireTrust(): void {
	if (vscode.workspace.isTrusted) return;
	throw new Refusal(t("This window is in Restricted Mode, in which nothing is written. Trust its folders first."));
}
