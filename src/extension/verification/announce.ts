import * as vscode from "vscode";
import type { Finding } from "../../core/verify/finding";
import type { KnownStore } from "../stores/knownStore";
import { withoutLinks } from "../text/withoutMarkup";
import type { Result } from "./verifier";

const { t } = vscode.l10n;

/** Says in one line what a verification came to, and offers to look at it. */
export async function announce(
	store: KnownStore,
	{ verification, only }: Result,
	showReport: () => void,
): Promise<void> {
	const place = vscode.workspace.asRelativePath(store.uri, true);
	const { findings } = verification;
	const part = only?.snapshot ?? only?.generation;
	const text = withoutLinks(`${part === undefined ? place : t("{0} in {1}", part, place)}: ${countText(findings)}`);
	const [report, problems] = [t("Show Report"), t("Show Problems")];
	const actions = findings.length === 0 ? [report] : [report, problems];
	const isDamaged = findings.some(({ severity }) => severity === "error");
	const show = isDamaged ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
	const chosen = await show(text, ...actions);
	if (chosen === report) showReport();
	if (chosen === problems) await vscode.commands.executeCommand("workbench.actions.view.problems");
}

/** "2 errors, 1 warning", or that all is sound. */
export function countText(findings: readonly Finding[]): string {
	const count = (severity: Finding["severity"]): number =>
		findings.filter((finding) => finding.severity === severity).length;
	const errors = count("error");
	const warnings = count("warning");
	const parts = [
		...(errors === 0 ? [] : [errors === 1 ? t("1 error") : t("{0} errors", errors)]),
		...(warnings === 0 ? [] : [warnings === 1 ? t("1 warning") : t("{0} warnings", warnings)]),
	];
	return parts.length === 0 ? t("sound") : parts.join(", ");
}
