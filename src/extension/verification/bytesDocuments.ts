import * as vscode from "vscode";
import { FileError } from "../../core/files";
import { hexDump, placeInDump } from "../../core/format/hexDump";
import { filesAt } from "../filesAt";
import { BYTES_SCHEME } from "../ids";
import { Owner } from "../owner";

/** Shown before and behind the byte in question. Multiples of 16. */
const BEFORE = 256;
const LENGTH = 1024;

const FAINT = new vscode.ThemeColor("descriptionForeground");

const HEX_EDITOR = "ms-vscode.hexeditor";

/** What a document of bytes is of. */
export interface BytesPlace {
	/** URI of the store. */
	readonly store: string;
	/** Of the file, relative to the store. */
	readonly path: string;
	readonly offset: number;
}

/** Read-only documents with the bytes around a place of a file, in hexadecimal. Nothing but those bytes is read. */
export class BytesDocuments extends Owner implements vscode.TextDocumentContentProvider {
	readonly #byte = this.own(
		vscode.window.createTextEditorDecorationType({
			backgroundColor: new vscode.ThemeColor("editor.findMatchBackground"),
			border: "1px solid",
			borderColor: new vscode.ThemeColor("editorError.foreground"),
		}),
	);

	readonly #note = this.own(vscode.window.createTextEditorDecorationType({}));

	constructor() {
		super();
		this.own(vscode.workspace.registerTextDocumentContentProvider(BYTES_SCHEME, this));
		this.own(vscode.window.onDidChangeVisibleTextEditors((editors) => this.#mark(editors)));
	}

	/** Shows a place of a file: in the hex editor where that is installed, else in a document of ours with the byte selected. */
	async show(store: vscode.Uri, path: string, offset: number): Promise<void> {
		if (vscode.extensions.getExtension(HEX_EDITOR) !== undefined) {
			await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.joinPath(store, path), "hexEditor.hexedit");
			await vscode.commands.executeCommand("hexEditor.goToOffset");
			return;
		}
		const { uri, range } = bytesLocation(store, path, offset);
		await vscode.window.showTextDocument(uri, { preview: true, selection: range });
	}

	#mark(editors: readonly vscode.TextEditor[]): void {
		for (const editor of editors) {
			const { uri } = editor.document;
			const place = uri.scheme === BYTES_SCHEME ? bytesPlace(uri) : undefined;
			if (place === undefined) continue;
			const { line, column } = placeInDump(place.offset, startOf(place.offset));
			const range = new vscode.Range(line, column, line, column + 2);
			const after = { contentText: `  ← ${vscode.l10n.t("byte {0}", place.offset)}`, color: FAINT };
			const end = editor.document.lineAt(Math.min(line, editor.document.lineCount - 1)).range.end;
			editor.setDecorations(this.#byte, [{ range }]);
			editor.setDecorations(this.#note, [{ range: new vscode.Range(end, end), renderOptions: { after } }]);
		}
	}

	async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
		const place = bytesPlace(uri);
		if (place === undefined) return "";
		const start = startOf(place.offset);
		try {
			const files = filesAt(vscode.Uri.parse(place.store, true));
			return hexDump(await files.read(place.path, start, LENGTH), start).join("\n");
		} catch (error) {
			if (error instanceof FileError) return error.message;
			throw error;
		}
	}
}

/** The line of the byte that a document of ours is about. */
export function lineOf({ offset }: BytesPlace): number {
	return placeInDump(offset, startOf(offset)).line;
}

/** Where a document of ours shows a byte of a file of a store. */
export function bytesLocation(store: vscode.Uri, path: string, offset: number): vscode.Location {
	const place: BytesPlace = { store: store.toString(), path, offset };
	const name = `/${path.replaceAll("/", "∕")} @ ${offset}`;
	const uri = vscode.Uri.from({ scheme: BYTES_SCHEME, path: name, query: JSON.stringify(place) });
	// Not the byte itself: VS Code marks everything that is like what is selected.
	const { line } = placeInDump(offset, startOf(offset));
	return new vscode.Location(uri, new vscode.Position(line, 0));
}

/** What a document of ours shows, or `undefined` for one whose address is none of ours. */
export function bytesPlace({ query }: vscode.Uri): BytesPlace | undefined {
	try {
		const { store, path, offset } = JSON.parse(query) as Partial<BytesPlace>;
		if (typeof store !== "string" || typeof path !== "string" || !Number.isSafeInteger(offset)) return undefined;
		return { store, path, offset: Math.max(0, offset ?? 0) };
	} catch {
		return undefined; // no JSON
	}
}

function startOf(offset: number): number {
	return Math.max(0, offset - (offset % 16) - BEFORE);
}
