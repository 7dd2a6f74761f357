import * as vscode from "vscode";
import { withoutIcons } from "../text/withoutMarkup";
import type { QueryHistory } from "./queryHistory";
import type { SavedQueries } from "./savedQueries";

const { t } = vscode.l10n;

const MAX_LABEL_CHARACTERS = 120;

interface Choice<Value> extends vscode.QuickPickItem {
	readonly value: Value;
}

/** Has the user choose from a store's history, or delete from it. `store`: its URI. */
export async function pickFromHistory(history: QueryHistory, store: string): Promise<string | undefined> {
	const choices = history.of(store).map((sql): Choice<string> => ({ label: line(sql), value: sql }));
	const title = t("Query history of this store");
	const other = { label: `$(trash) ${t("Delete from the history…")}`, value: undefined };
	const picked = await vscode.window.showQuickPick(choices.length === 0 ? choices : [...choices, separator, other], {
		title,
		placeHolder: choices.length === 0 ? t("No query has been run yet") : t("Query, newest first"),
	});
	if (picked === undefined || !("value" in picked)) return undefined;
	if (picked.value !== undefined) return picked.value;
	await history.remove(store, await pickMany(choices, t("Delete from the history")));
	return undefined;
}

/** Has the user choose a saved query, or give one another name, or delete some. */
export async function pickSaved(saved: SavedQueries): Promise<string | undefined> {
	const choices = saved.all.map(
		({ name, sql }): Choice<string> => ({ label: withoutIcons(name), detail: line(sql), value: name }),
	);
	const rename = { label: `$(edit) ${t("Rename a saved query…")}`, action: "rename" } as const;
	const remove = { label: `$(trash) ${t("Delete saved queries…")}`, action: "remove" } as const;
	const picked = await vscode.window.showQuickPick(
		choices.length === 0 ? choices : [...choices, separator, rename, remove],
		{
			title: t("Saved queries of this workspace"),
			placeHolder: choices.length === 0 ? t("No query has been saved yet") : t("Query to be run"),
			matchOnDetail: true,
		},
	);
	if (picked === undefined) return undefined;
	if ("value" in picked) return saved.all.find(({ name }) => name === picked.value)?.sql;
	if ("action" in picked && picked.action === "remove") {
		await saved.remove(await pickMany(choices, t("Delete saved queries")));
	} else if ("action" in picked) {
		await renameOne(saved, choices);
	}
	return undefined;
}

/** Asks for the name of a query that is to be saved, and saves it. */
export async function saveUnderName(saved: SavedQueries, sql: string): Promise<void> {
	const name = await askName(saved, t("Save query"), "");
	if (name !== undefined) await saved.save({ name, sql });
}

async function renameOne(saved: SavedQueries, choices: readonly Choice<string>[]): Promise<void> {
	const title = t("Rename a saved query");
	const from = (await vscode.window.showQuickPick(choices, { title }))?.value;
	if (from === undefined) return;
	const to = await askName(saved, title, from);
	if (to !== undefined) await saved.rename(from, to);
}

async function askName(saved: SavedQueries, title: string, now: string): Promise<string | undefined> {
	const name = await vscode.window.showInputBox({
		title,
		prompt: t("Its name in this workspace"),
		value: now,
		validateInput: (text) => {
			if (text.trim() === "") return t("A name is needed.");
			if (text.trim() === now || !saved.all.some((query) => query.name === text.trim())) return undefined;
			return {
				message: t("The query that has this name is replaced."),
				severity: vscode.InputBoxValidationSeverity.Warning,
			};
		},
	});
	return name?.trim();
}

async function pickMany<Value>(choices: readonly Choice<Value>[], title: string): Promise<readonly Value[]> {
	const picked = await vscode.window.showQuickPick(choices, { title, canPickMany: true });
	return (picked ?? []).map(({ value }) => value);
}

const separator: vscode.QuickPickItem = { label: "", kind: vscode.QuickPickItemKind.Separator };

/** A query on one line. */
function line(sql: string): string {
	const short = sql.slice(0, 1000).replaceAll(/\s+/g, " ");
	return withoutIcons(short.length > MAX_LABEL_CHARACTERS ? `${short.slice(0, MAX_LABEL_CHARACTERS)}…` : short);
}
