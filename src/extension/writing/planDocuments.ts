import * as vscode from "vscode";
import { PLAN_SCHEME } from "../ids";
import { Owner } from "../owner";

/** Read-only documents that show what a command is about to do. A text is kept as long as its document is open. */
export class PlanDocuments extends Owner implements vscode.TextDocumentContentProvider {
	readonly #texts = new Map<string, string>();
	#count = 0;

	constructor() {
		super();
		this.own(vscode.workspace.registerTextDocumentContentProvider(PLAN_SCHEME, this));
		this.own(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())));
	}

	/** `title` is the tab's; each plan has a document of its own. */
	async show(title: string, text: string): Promise<void> {
		const uri = vscode.Uri.from({ scheme: PLAN_SCHEME, path: `/${++this.#count}/${title.replaceAll("/", "∕")}` });
		this.#texts.set(uri.toString(), text);
		const document = await vscode.workspace.openTextDocument(uri);
		await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		return (
			this.#texts.get(uri.toString()) ??
			vscode.l10n.t("This plan was made before the window was opened anew. Run the command again.")
		);
	}
}
