import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { liesIn } from "../../node/liesIn";
import {
	EXPORT_FORMATS,
	type ExportFormat,
	type ExportRequest,
	type ExportSource,
	isManyFiles,
} from "../../protocol/export";
import type { ExportChoice } from "../../protocol/page";
import { exportName } from "../export/exportInThread";
import type { KnownStore } from "../stores/knownStore";
import { fileName } from "../text/fileName";
import { withoutIcons } from "../text/withoutMarkup";
import { Refusal } from "../writing/refusal";
import { defaultDirectory } from "./restoreFile";

const { t } = vscode.l10n;

/** Asks which rows are to be exported. */
export async function pickSource(
	title: string,
	{ queries: given, object }: ExportChoice,
): Promise<ExportSource | undefined> {
	const queries = given.map(({ sql, parameters }, position, { length }) => ({
		label: length === 1 ? t("The rows of the query") : t("The rows of statement {0}", position + 1),
		detail: withoutIcons(sql),
		source: { kind: "query", sql, parameters } as const,
	}));
	const chosen =
		object === undefined
			? []
			: [{ label: t("{0}, all rows", withoutIcons(object)), source: { kind: "object", name: object } as const }];
	const all = [
		{ label: t("Every table"), source: { kind: "all", views: false } as const },
		{ label: t("Every table and view"), source: { kind: "all", views: true } as const },
	];
	const items: readonly (vscode.QuickPickItem & { readonly source: ExportSource })[] = [...queries, ...chosen, ...all];
	const picked = await vscode.window.showQuickPick(items, {
		title,
		placeHolder: t("What to export"),
		ignoreFocusOut: true,
	});
	return picked?.source;
}

/** Asks how they are to be written. */
export async function pickFormat(title: string, { kind }: ExportSource): Promise<ExportFormat | undefined> {
	const names: Readonly<Record<ExportFormat, readonly [label: string, detail: string]>> = {
		csv: ["CSV", t('A line of names, then a line for each row; NULL is an empty field, an empty text ""')],
		json: ["JSON", t("One array with an object for each row")],
		jsonl: ["JSON Lines", t("An object for each row, a line each")],
		sql: ["SQL", t("Statements that make the same tables and rows again")],
	};
	const items = EXPORT_FORMATS.map((format) => {
		const [label, detail] = names[format];
		const many = kind === "all" && format !== "sql" ? t("a file for each table") : t("one file");
		return { label, description: many, detail, format };
	});
	// The first question gives the focus back to the page, which on a busy machine comes after this one is asked.
	const options = { title, placeHolder: t("Format"), ignoreFocusOut: true };
	return (await vscode.window.showQuickPick(items, options))?.format;
}

/** Asks where; the path of a file, or of a directory that is not there yet. Throws `Refusal`. */
export async function askTarget(store: KnownStore, request: ExportRequest, id: string): Promise<string | undefined> {
	const name = nameOf(id, request.source);
	const target = isManyFiles(request) ? await askDirectory(store, request, name) : await askFile(store, request, name);
	if (target === undefined) return undefined;
	if (!existsSync(dirname(target))) throw new Refusal(t("{0} is not there.", dirname(target)));
	const readOnly = [store.uri, ...(store.data === undefined ? [] : [vscode.Uri.parse(store.data.uri, true)])];
	if (readOnly.some(({ scheme, fsPath }) => scheme === "file" && liesIn(fsPath, target))) {
		throw new Refusal(t("{0} lies in the store, which is only read. Choose another place.", target));
	}
	return target;
}

async function askFile(store: KnownStore, request: ExportRequest, name: string): Promise<string | undefined> {
	const uri = await vscode.window.showSaveDialog({
		title: t("Export to file"),
		defaultUri: vscode.Uri.joinPath(defaultDirectory(store), exportName(name, request)),
		filters: { [request.format.toUpperCase()]: [request.format], [t("All files")]: ["*"] },
	});
	return pathOf(uri);
}

async function askDirectory(store: KnownStore, request: ExportRequest, name: string): Promise<string | undefined> {
	const picked = await vscode.window.showOpenDialog({
		title: t("Export into a new folder in this one"),
		openLabel: t("Export Here"),
		defaultUri: defaultDirectory(store),
		canSelectFiles: false,
		canSelectFolders: true,
	});
	const folder = pathOf(picked?.[0]);
	if (folder === undefined) return undefined;
	const target = join(folder, exportName(name, request));
	for (let number = 2; ; number++) {
		const free = number === 2 ? target : `${target}-${number - 1}`;
		if (!existsSync(free)) return free;
	}
}

function pathOf(uri: vscode.Uri | undefined): string | undefined {
	if (uri === undefined || uri.scheme === "file") return uri?.fsPath;
	throw new Refusal(t("{0} is not on a disk of the machine that this extension runs on.", uri.toString()));
}

function nameOf(id: string, source: ExportSource): string {
	if (source.kind === "object") return fileName(source.name);
	return source.kind === "query" ? "query" : id;
}
