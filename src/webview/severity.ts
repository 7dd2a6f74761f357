import { css } from "lit";
import type { Severity } from "../core/verify/finding";
import { t } from "./l10n";

/** The bar at the left of what has the class of a severity; that of `info` is what stands there otherwise. */
export const severityStyles = css`
	.warning {
		border-left-color: var(--vscode-editorWarning-foreground, currentColor);
	}
	.error {
		border-left-color: var(--vscode-editorError-foreground, currentColor);
	}
`;

/** What a text of a severity begins with. */
export function severityText(severity: Severity): string {
	switch (severity) {
		case "error":
			return t("Error:");
		case "warning":
			return t("Warning:");
		case "info":
			return t("Note:");
		default:
			return severity satisfies never;
	}
}
