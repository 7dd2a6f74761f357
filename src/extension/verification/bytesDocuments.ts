import * as vscode from "vscode";
import { FileError } from "../../core/files";
import { filesAt } from "../filesAt";
import { BYTES_SCHEME } from "../ids";
import { Owner } from "../owner";
import { hexDump, placeInDump } from "./hexDump";

/** Shown before and behind the byte in question. Multiples of 16. */
const BEFORE = 256;
const LENGTH = 1024;

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
	constructor() {
		super();
		this.own(vscode.workspace.registerTextDocumentContentProvider(BYTES_SCHEME, this));
	}

	/** Shows a place of a file: in the hex editor where that is installed, else in a document of ours with the byte selected. */
	async show(store: vscode.Uri, path: string, offset: number): Promise<void> {
		if (vscode.extensions.getExtension(HEX_EDITOR) !== undefined) {
			await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.joinPath(store, path), "hexEditor.hexedit");
			await vscode.commands.executeCommand("hexEditor.goToOffset");
			return;
		}
		const place: BytesPlace = { store: store.toString(), path, offset };
		const uri = vscode.Uri.from({
			scheme: BYTES_SCHEME,
			path: `/${path.replaceAll("/", "∕")} @ ${offset}`,
			query: JSON.stringify(place),
		});
		const document = await vscode.workspace.openTextDocument(uri);
		const { line, column } = placeInDump(offset, startOf(offset));
		const selection = document.validateRange(new vscode.Range(line, column, line, column + 2));
		await vscode.window.showTextDocument(document, { preview: true, selection });
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
