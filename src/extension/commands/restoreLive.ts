import { existsSync } from "node:fs";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { FileError } from "../../core/files";
import { liesIn } from "../../node/liesIn";
import { openLiveDatabase } from "../../node/openLiveDatabase";
import { nodeDisk } from "../../store/disk/disk";
import { type RestoreOptions, restoreImage } from "../../store/restore/restoreImage";
import type { KnownStore } from "../stores/knownStore";
import { withProgress } from "../writing/progress";
import { Refusal } from "../writing/refusal";
import { localDirectory } from "../writing/writableDirectory";
import { announceFile, askFile } from "./restoreFile";

const { t } = vscode.l10n;

/** "Restore snapshot to file…" for a live database: what its node would answer from, as one SQLite file elsewhere. */
export async function restoreLive(store: KnownStore, directory: { readonly uri: string }): Promise<void> {
	localDirectory(store);
	const title = t("Restore live database");
	const file = await askFile(store, title, "live");
	if (file === undefined) return;
	await withProgress(title, ({ cancel, bytes }) =>
		restoreLiveTo(file.fsPath, vscode.Uri.parse(directory.uri, true).fsPath, { cancel, progress: bytes }),
	);
	void announceFile(t("The live database is restored to {0}.", file.fsPath), file);
}

/** Writes the live database of a data directory as one file outside it, replacing what is there. */
export async function restoreLiveTo(file: string, dataDirectory: string, options: RestoreOptions): Promise<void> {
	if (!existsSync(dirname(file))) throw new Refusal(t("{0} is not there.", dirname(file)));
	if (liesIn(dataDirectory, file)) {
		throw new Refusal(t("{0} lies in the node's data directory, which is only read. Choose another place.", file));
	}
	try {
		const live = await openLiveDatabase(dataDirectory);
		try {
			await restoreImage(live, file, { ...options, confirm: async () => live.confirm(), disk: nodeDisk });
		} finally {
			live.close();
		}
	} catch (error) {
		throw error instanceof FileError ? new Refusal(error.message) : error;
	}
}
