import * as vscode from "vscode";
import type { Cancellation } from "../../core/files";
import type { Snapshot } from "../../core/snapshot/model";
import { MAX_UINT64, parseUint64 } from "../../core/uint64";
import { databaseSource } from "../../node/snapshotSource";
import { addSnapshot } from "../../store/create/addSnapshot";
import { SnapshotStore } from "../../store/snapshotStore";
import type { KnownStore } from "../stores/knownStore";
import { withoutLinks } from "../text/withoutMarkup";
import { withProgress } from "../writing/progress";
import { Refusal } from "../writing/refusal";

const { t } = vscode.l10n;

/** "Create snapshot from database…": a full snapshot of a SQLite file, with its WAL, in the store's next generation. */
export async function createSnapshot(store: KnownStore, writable: () => Promise<string>): Promise<void> {
	await writable();
	const title = t("Create snapshot from database");
	const [uri] =
		(await vscode.window.showOpenDialog({
			title,
			openLabel: t("Create Snapshot"),
			filters: { [t("SQLite databases")]: ["sqlite", "sqlite3", "db"], [t("All files")]: ["*"] },
		})) ?? [];
	if (uri === undefined) return;
	if (uri.scheme !== "file") {
		throw new Refusal(t("{0} is not on a disk of the machine that this extension runs on.", uri.toString()));
	}
	const view = await store.refresh();
	if (view.state === "unreadable") throw new Refusal(view.message);
	const { newest } = view.store;
	const term = await askNumber(title, t("Raft term of the last log entry that the database holds"), newest?.term ?? 1n);
	if (term === undefined) return;
	const index = await askNumber(title, t("Raft index of that entry"), nextIndex(newest));
	if (index === undefined) return;
	const directory = await writable();
	const { snapshot, notices } = await withProgress(title, ({ cancel, bytes }) =>
		addDatabase(directory, uri.fsPath, { term, index, cancel, progress: bytes }),
	);
	for (const notice of notices) void vscode.window.showWarningMessage(withoutLinks(notice));
	const text = t("Snapshot {0} is in generation {1} of its store.", snapshot.id, snapshot.generation);
	void vscode.window.showInformationMessage(withoutLinks(text));
}

export interface AddedDatabase {
	readonly snapshot: Snapshot;
	/** What is worth knowing of the database's files though they are used. */
	readonly notices: readonly string[];
}

/** Adds a full snapshot of a database file and the WAL beside it. */
export async function addDatabase(
	directory: string,
	file: string,
	options: {
		readonly term: bigint;
		readonly index: bigint;
		readonly cancel: Cancellation;
		readonly progress: (doneBytes: number, totalBytes: number) => void;
	},
): Promise<AddedDatabase> {
	const source = databaseSource(file);
	try {
		const snapshot = await addSnapshot(await SnapshotStore.open(directory), source, options);
		return { snapshot, notices: source.notices };
	} finally {
		source.close();
	}
}

async function askNumber(title: string, prompt: string, suggested: bigint): Promise<bigint | undefined> {
	const text = await vscode.window.showInputBox({
		title,
		prompt,
		value: `${suggested}`,
		ignoreFocusOut: true,
		validateInput: (typed) =>
			parseUint64(typed.trim()) === undefined ? t("A whole number from 0 to 18446744073709551615") : undefined,
	});
	return text === undefined ? undefined : parseUint64(text.trim());
}

function nextIndex(newest: Snapshot | undefined): bigint {
	if (newest === undefined) return 1n;
	return newest.index === MAX_UINT64 ? newest.index : newest.index + 1n;
}
