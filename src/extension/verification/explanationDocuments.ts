import * as vscode from "vscode";
import { FINDING_CODES, type FindingCode } from "../../core/verify/finding";
import type { Explanation } from "../../protocol/report";
import { COMMANDS, EXPLANATION_SCHEME } from "../ids";
import { Owner } from "../owner";
import { parseExplanations } from "./explanations";

const { t } = vscode.l10n;

/** What a finding's code means, as documents that are there without a network. */
export class ExplanationDocuments extends Owner implements vscode.TextDocumentContentProvider {
	#explanations: Promise<ReadonlyMap<FindingCode, Explanation>> | undefined;

	constructor(private readonly extension: vscode.Uri) {
		super();
		this.own(vscode.workspace.registerTextDocumentContentProvider(EXPLANATION_SCHEME, this));
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

	async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
		const code = path.slice(1).replace(/\.md$/, "");
		const explanation = isCode(code) ? (await this.all()).get(code) : undefined;
		if (!isCode(code) || explanation === undefined) return t("There is no explanation of {0}.", code);
		return [
			`# ${code}`,
			`${FINDING_CODES[code]}.`,
			`## ${t("Cause")}\n\n${explanation.meaning}`,
			`## ${t("What a node does at its next start")}\n\n${explanation.node}`,
			`## ${t("What to do")}\n\n${explanation.remedy}`,
		].join("\n\n");
	}

	async #read(): Promise<ReadonlyMap<FindingCode, Explanation>> {
		const file = vscode.Uri.joinPath(this.extension, "README.md");
		return parseExplanations(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
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
