import * as vscode from "vscode";
import type { Finding } from "../../core/verify/finding";
import type { Fix } from "../../protocol/report";
import { APPLY_FIX, BYTES_SCHEME } from "../ids";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import { bytesPlace } from "./bytesDocuments";
import { fixesOf } from "./fixes";
import { SOURCE } from "./problems";
import type { Verifier } from "./verifier";

const { t } = vscode.l10n;

/** What a quick fix does, as an argument of the command behind it. */
export interface ChosenFix {
	readonly store: KnownStore;
	readonly finding: Finding;
	readonly fix: Fix;
}

/** Quick fixes for what a verification found: in the file that it is on, and where its bytes are shown. */
export class QuickFixes extends Owner implements vscode.CodeActionProvider {
	constructor(private readonly verifier: Verifier) {
		super();
		const selector = [{ scheme: "file" }, { scheme: "vscode-remote" }, { scheme: BYTES_SCHEME }];
		const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
		this.own(vscode.languages.registerCodeActionsProvider(selector, this, kinds));
	}

	provideCodeActions(
		{ uri }: vscode.TextDocument,
		_range: vscode.Range,
		{ diagnostics }: vscode.CodeActionContext,
	): vscode.CodeAction[] {
		const place = uri.scheme === BYTES_SCHEME ? bytesPlace(uri) : undefined;
		const file = place === undefined ? uri : vscode.Uri.joinPath(vscode.Uri.parse(place.store, true), place.path);
		return this.verifier.problemsOn(file).flatMap(({ store, finding }) => {
			const own = diagnostics.filter(({ source, code }) => source === SOURCE && codeOf(code) === finding.code);
			if (place === undefined ? own.length === 0 : finding.offset !== place.offset) return [];
			return this.#fixes(store, finding)
				.filter(({ kind }) => place === undefined || kind !== "show-bytes")
				.map((fix) => action({ store, finding, fix }, own));
		});
	}

	#fixes(store: KnownStore, finding: Finding): readonly Fix[] {
		const result = this.verifier.resultOf(store);
		if (result === undefined) return [];
		return fixesOf(finding, result.verification, result.store.layout === "generations");
	}
}

function action(chosen: ChosenFix, diagnostics: vscode.Diagnostic[]): vscode.CodeAction {
	const title = titleOf(chosen);
	const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
	action.command = { command: APPLY_FIX, title, arguments: [chosen] };
	action.diagnostics = diagnostics;
	action.isPreferred = chosen.fix.kind === "recover";
	return action;
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
