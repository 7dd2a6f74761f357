import { css } from "lit";

/**
 * The document itself: VS Code's own style sheet gives the body a padding that the page does not want, and no background,
 * without which nobody can tell from the page alone whether its text can be read.
 */
export const documentStyles = css`
	body {
		margin: 0;
		padding: 0;
		background: var(--vscode-editor-background);
	}
`;

/** What every element of the page shares. */
export const baseStyles = css`
	:host {
		/* Between the parts of the page. */
		--line: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
		box-sizing: border-box;
		color: var(--vscode-foreground);
		font-family: var(--vscode-font-family);
		font-size: var(--vscode-font-size, 13px);
	}
	*,
	*::before,
	*::after {
		box-sizing: border-box;
	}
	:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	.dim {
		color: var(--vscode-descriptionForeground);
	}
	.visually-hidden {
		position: absolute;
		width: 1px;
		height: 1px;
		overflow: hidden;
		clip-path: inset(50%);
		white-space: nowrap;
	}
	@media (prefers-reduced-motion: reduce) {
		* {
			transition: none;
			animation: none;
			scroll-behavior: auto;
		}
	}
`;

/** A part of the page that is one line, with a heading in it, until it is unfolded. */
export const foldStyles = css`
	:host {
		display: block;
		padding: 6px 12px;
		border-bottom: var(--line);
	}
	summary {
		cursor: pointer;
		overflow-wrap: anywhere;
	}
	summary :is(h1, h2) {
		display: inline;
		margin: 0;
		font-size: inherit;
		font-weight: 600;
	}
`;

/** Tables that tell of the database, and names in them that lead somewhere. */
export const dataTableStyles = css`
	.scroll {
		overflow-x: auto;
		flex: none;
	}
	table {
		width: 100%;
		border-collapse: collapse;
	}
	th,
	td {
		padding: 2px 8px;
		border-bottom: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
		text-align: left;
		vertical-align: top;
		white-space: nowrap;
	}
	thead th {
		color: var(--vscode-descriptionForeground);
		font-weight: 600;
	}
	tbody th {
		font-weight: normal;
		white-space: pre;
	}
	.number {
		text-align: right;
		font-variant-numeric: tabular-nums;
	}
	.damaged {
		color: var(--vscode-editorError-foreground, #e51400);
	}
	.link {
		max-width: 24em;
		padding: 0;
		overflow: hidden;
		border: none;
		background: none;
		color: var(--vscode-textLink-foreground);
		font: inherit;
		text-align: left;
		text-overflow: ellipsis;
		white-space: pre;
		cursor: pointer;
	}
	.link:hover {
		color: var(--vscode-textLink-activeForeground);
		text-decoration: underline;
	}
`;

/** What came of a piece of work: a status line, and SQLite's words where it failed. */
export const answerStyles = css`
	[role="status"] {
		font-variant-numeric: tabular-nums;
	}
	[role="alert"]:empty {
		display: none;
	}
	[role="alert"] {
		max-height: 30vh;
		overflow: auto;
		padding: 6px 8px;
		border: 1px solid var(--vscode-inputValidation-errorBorder, var(--vscode-contrastBorder, transparent));
		background: var(--vscode-inputValidation-errorBackground);
		color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
		overflow-wrap: anywhere;
		white-space: pre-wrap;
	}
`;
