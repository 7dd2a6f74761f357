import * as vscode from "vscode";
import { FINDING_CODES, type FindingCode } from "../../core/verify/finding";
import type { Explanation } from "../../protocol/report";
import { COMMANDS, EXPLANATION_SCHEME } from "../ids";
import { Owner } from "../owner";
import { parseExplanations } from "./explanations";

const { t } = vscode.l10n;

/**
 * What a finding's code means, as documents that are there without a network. They are files of a file system, because
 * the preview of Markdown watches what it shows.
 */
export class ExplanationDocuments extends Owner implements vscode.FileSystemProvider {
	readonly #changed = this.own(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
	readonly onDidChangeFile = this.#changed.event;
	#explanations: Promise<ReadonlyMap<FindingCode, Explanation>> | undefined;

	constructor(private readonly extension: vscode.Uri) {
		super();
		this.own(vscode.workspace.registerFileSystemProvider(EXPLANATION_SCHEME, this, { isReadonly: true }));
	}

	/** By code, from the extension's README. */
	all(): Promise<ReadonlyMap<FindingCode, Explanation>> {
		this.#explanations ??= this.#read();
		return this.#explanations;
	}

	/** Shows the explanation of a code; asks which when it is none. */
	async show(code: unknown): Promise<void> {
		const known = isCode(code) ? code : await pickCode();
		if (known === undefined) return;
		const uri = vscode.Uri.from({ scheme: EXPLANATION_SCHEME, path: `/${known}.md` });
		try {
			await vscode.commands.executeCommand("markdown.showPreview", uri);
		} catch {
			// VS Code's Markdown extension can be switched off.
			await vscode.window.showTextDocument(uri, { preview: true });
		}
	}

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => {}); // They never change.
	}

	async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		const { byteLength } = await this.readFile(uri);
		return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: byteLength };
	}

	async readFile({ path }: vscode.Uri): Promise<Uint8Array> {
		return new TextEncoder().encode(await this.#text(path.slice(1).replace(/\.md$/, "")));
	}

	readDirectory(): never {
		throw vscode.FileSystemError.NoPermissions();
	}

	createDirectory(): never {
		throw vscode.FileSystemError.NoPermissions();
	}

	writeFile(): never {
		throw vscode.FileSystemError.NoPermissions();
	}

	delete(): never {
		throw vscode.FileSystemError.NoPermissions();
	}

	rename(): never {
		throw vscode.FileSystemError.NoPermissions();
	}

	async #text(code: string): Promise<string> {
		const explanation = isCode(code) ? (await this.all()).get(code) : undefined;
		if (!isCode(code) || explanation === undefined) return t("There is no explanation of {0}.", code);
		return [
			`# ${code}`,
			`${upperFirst(FINDING_CODES[code])}.`,
			`## ${t("Cause")}\n\n${explanation.meaning}`,
			`## ${t("What a node does at its next start")}\n\n${explanation.node}`,
			`## ${t("What to do")}\n\n${explanation.remedy}`,
		].join("\n\n");
	}

	/** In a package its name is in small letters. */
	async #readme(): Promise<Uint8Array> {
		const read = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.extension, name));
		try {
			return await read("readme.md");
		} catch {
			return read("README.md");
		}
	}

	async #read(): Promise<ReadonlyMap<FindingCode, Explanation>> {
		return parseExplanations(new TextDecoder().decode(await this.#readme()));
	}
}

/** An address that opens the explanation of a code, for VS Code's links. */
export function explanationLink(code: FindingCode): vscode.Uri {
	return vscode.Uri.parse(`command:${COMMANDS.explainFinding}?${encodeURIComponent(JSON.stringify([code]))}`);
}

function isCode(code: unknown): code is FindingCode {
	return typeof code === "string" && Object.hasOwn(FINDING_CODES, code);
}

async function pickCode(): Promise<FindingCode | undefined> {
	const items = Object.entries(FINDING_CODES).map(([label, detail]) => ({ label, detail }));
	const picked = await vscode.window.showQuickPick(items, { title: t("Explain finding"), matchOnDetail: true });
	return isCode(picked?.label) ? picked.label : undefined;
}

function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
