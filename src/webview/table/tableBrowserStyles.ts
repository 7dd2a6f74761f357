import { css } from "lit";

export const tableBrowserStyles = css`
	:host {
		display: flex;
		flex: 1;
		flex-direction: column;
		gap: 6px;
		min-width: 0;
		min-height: 0;
	}
	:host([hidden]) {
		display: none;
	}
	.bar,
	ul {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 6px 8px;
	}
	ul {
		margin: 0;
		padding: 0;
		list-style: none;
	}
	li {
		display: flex;
		align-items: center;
		gap: 4px;
		max-width: 100%;
		padding: 0 2px 0 8px;
		border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, currentColor));
		border-radius: 3px;
	}
	.meaning {
		min-width: 0;
		max-width: 40ch;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: pre;
	}
	h2 {
		margin: 0;
		max-width: 30ch;
		overflow: hidden;
		font-size: inherit;
		font-weight: 600;
		text-overflow: ellipsis;
		white-space: pre;
	}
	.plain {
		padding: 2px 6px;
		border: 1px solid transparent;
		background: none;
		color: var(--vscode-foreground);
		font: inherit;
		cursor: pointer;
	}
	.plain:disabled {
		opacity: 0.5;
		cursor: default;
	}
	.plain:hover:enabled,
	.plain[aria-pressed="true"] {
		border-color: var(--vscode-contrastBorder, transparent);
		background: var(--vscode-toolbar-hoverBackground, var(--vscode-list-hoverBackground));
	}
`;
