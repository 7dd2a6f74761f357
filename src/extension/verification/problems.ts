import * as vscode from "vscode";
import { visible } from "../../core/text";
import type { Finding, Severity } from "../../core/verify/finding";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import { bytesLocation } from "./bytesDocuments";
import { explanationLink } from "./explanationDocuments";

/** A finding among the problems. */
export interface StoreProblem {
	readonly store: KnownStore;
	readonly finding: Finding;
}

/** What VS Code calls the source of our problems. */
export const SOURCE = "snapshot store";

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
	error: vscode.DiagnosticSeverity.Error,
	warning: vscode.DiagnosticSeverity.Warning,
	info: vscode.DiagnosticSeverity.Information,
};

/** What verified stores have, in VS Code's Problems panel: each finding on the file it is about. */
export class StoreProblems extends Owner {
	readonly #collection = this.own(vscode.languages.createDiagnosticCollection("snapshotStore"));
	/** What is told of each file, by its URI. */
	readonly #told = new Map<string, { readonly uri: vscode.Uri; readonly problems: readonly StoreProblem[] }>();

	/** What was found on a file. */
	on(uri: vscode.Uri): readonly StoreProblem[] {
		return this.#told.get(uri.toString())?.problems ?? [];
	}

	set(store: KnownStore, findings: readonly Finding[]): void {
		this.clear(store);
		for (const path of new Set(findings.map((finding) => finding.path))) {
			const some = findings.filter((finding) => finding.path === path);
			const uri = vscode.Uri.joinPath(store.uri, path);
			this.#told.set(uri.toString(), { uri, problems: some.map((finding) => ({ store, finding })) });
			this.#collection.set(
				uri,
				some.map((finding) => diagnostic(store, finding)),
			);
		}
	}

	clear(store: KnownStore): void {
		for (const [key, { uri, problems }] of this.#told) {
			if (problems.some((problem) => problem.store !== store)) continue;
			this.#collection.delete(uri);
			this.#told.delete(key);
		}
	}
}

function diagnostic(store: KnownStore, finding: Finding): vscode.Diagnostic {
	const start = new vscode.Position(0, 0);
	const text = `${visible(finding.message)} ${visible(finding.advice)}`;
	const problem = new vscode.Diagnostic(new vscode.Range(start, start), text, SEVERITIES[finding.severity]);
	problem.source = SOURCE;
	problem.code = { value: finding.code, target: explanationLink(finding.code) };
	if (finding.offset !== undefined) {
		// A binary file opens in no editor that could show the place.
		const location = bytesLocation(store.uri, finding.path, finding.offset);
		const text = vscode.l10n.t("The bytes at {0}", finding.offset);
		problem.relatedInformation = [new vscode.DiagnosticRelatedInformation(location, text)];
	}
	return problem;
}
