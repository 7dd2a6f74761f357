import * as vscode from "vscode";
import type { Finding } from "../../core/verify/finding";
import type { Fix } from "../../protocol/report";
import { APPLY_FIX, BYTES_SCHEME, COMMANDS } from "../ids";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import { bytesPlace, lineOf } from "./bytesDocuments";
import { fixesOf } from "./fixes";
import { SOURCE, type StoreProblem } from "./problems";
import type { Verifier } from "./verifier";

const { t } = vscode.l10n;

/** What a quick fix does, as an argument of the command behind it. */
export interface ChosenFix extends StoreProblem {
	readonly fix: Fix;
}

/**
 * What can be done about a finding, where it is seen: as quick fixes in the file that it is on, and above the line where
 * its bytes are shown, since VS Code has no quick fixes in a document that cannot be written.
 */
export class QuickFixes extends Owner implements vscode.CodeActionProvider, vscode.CodeLensProvider {
	readonly #changed = this.own(new vscode.EventEmitter<void>());
	readonly onDidChangeCodeLenses = this.#changed.event;

	constructor(private readonly verifier: Verifier) {
		super();
		this.own(verifier.onDidChange(() => this.#changed.fire()));
		const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
		this.own(vscode.languages.registerCodeActionsProvider({ scheme: "file" }, this, kinds));
		this.own(vscode.languages.registerCodeLensProvider({ scheme: BYTES_SCHEME }, this));
	}

	provideCodeActions(
		{ uri }: vscode.TextDocument,
		_range: vscode.Range,
		{ diagnostics }: vscode.CodeActionContext,
	): vscode.CodeAction[] {
		return this.verifier.problemsOn(uri).flatMap(({ store, finding }) => {
			const own = diagnostics.filter(({ source, code }) => source === SOURCE && codeOf(code) === finding.code);
			if (own.length === 0) return [];
			return this.#commands(store, finding).map((command) => {
				const action = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
				action.command = command;
				action.diagnostics = own;
				return action;
			});
		});
	}

	provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
		const place = bytesPlace(uri);
		if (place === undefined) return [];
		const line = lineOf(place);
		const range = new vscode.Range(line, 0, line, 0);
		const file = vscode.Uri.joinPath(vscode.Uri.parse(place.store, true), place.path);
		return this.verifier
			.problemsOn(file)
			.filter(({ finding }) => finding.offset === place.offset)
			.flatMap(({ store, finding }) => this.#commands(store, finding))
			.filter(({ arguments: [first] = [] }) => (first as Partial<ChosenFix>).fix?.kind !== "show-bytes")
			.map((command) => new vscode.CodeLens(range, command));
	}

	#commands(store: KnownStore, finding: Finding): readonly vscode.Command[] {
		const result = this.verifier.resultOf(store);
		if (result === undefined) return [];
		const explain = t("Explain {0}", finding.code);
		return [
			...fixesOf(finding, result, vscode.workspace.isTrusted).map((fix): vscode.Command => {
				const chosen: ChosenFix = { store, finding, fix };
				return { command: APPLY_FIX, title: titleOf(chosen), arguments: [chosen] };
			}),
			{ command: COMMANDS.explainFinding, title: explain, arguments: [finding.code] },
		];
	}
}

function titleOf({ finding, fix }: ChosenFix): string {
	switch (fix.kind) {
		case "show-bytes":
			return t("Show the bytes at {0}", finding.offset ?? 0);
		case "restore":
			return t("Restore the last good snapshot, {0}, to a file…", fix.snapshot);
		case "recover":
			return t("Recover store…");
		default:
			return fix satisfies never;
	}
}

function codeOf(code: vscode.Diagnostic["code"]): string {
	return String(typeof code === "object" ? code.value : code);
}
