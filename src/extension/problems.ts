import * as vscode from "vscode";
import { visible } from "../core/text";
import type { Finding, Severity } from "../core/verify/finding";
import { Owner } from "./owner";
import type { KnownStore } from "./stores/knownStore";

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
	error: vscode.DiagnosticSeverity.Error,
	warning: vscode.DiagnosticSeverity.Warning,
	info: vscode.DiagnosticSeverity.Information,
};

/** What verified stores have, in VS Code's Problems panel: each finding on the file it is about. */
export class StoreProblems extends Owner {
	readonly #collection = this.own(vscode.languages.createDiagnosticCollection("snapshotStore"));
	/** The files of each store that have problems. */
	readonly #files = new Map<KnownStore, readonly vscode.Uri[]>();

	set(store: KnownStore, findings: readonly Finding[]): void {
		this.clear(store);
		const paths = new Set(findings.map(({ path }) => path));
		const files = [...paths].map((path) => ({ path, uri: vscode.Uri.joinPath(store.uri, path) }));
		for (const { path, uri } of files) {
			this.#collection.set(uri, findings.filter((finding) => finding.path === path).map(diagnostic));
		}
		this.#files.set(
			store,
			files.map(({ uri }) => uri),
		);
	}

	clear(store: KnownStore): void {
		for (const uri of this.#files.get(store) ?? []) this.#collection.delete(uri);
		this.#files.delete(store);
	}
}

function diagnostic(finding: Finding): vscode.Diagnostic {
	const start = new vscode.Position(0, 0);
	const text = `${visible(finding.message)} ${visible(finding.advice)}`;
	const problem = new vscode.Diagnostic(new vscode.Range(start, start), text, SEVERITIES[finding.severity]);
	problem.source = "snapshot store";
	problem.code = finding.code;
	return problem;
}
