import { css } from "lit";

export const queryPaneStyles = css`
	:host {
		display: flex;
		flex-direction: column;
		gap: 6px;
		min-width: 0;
		min-height: 0;
		padding: 8px 12px;
	}
	sql-editor {
		flex: none;
	}
	.controls {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 6px 8px;
	}
	pre {
		flex: 1;
		margin: 0;
		overflow: auto;
		padding: 8px;
		background: var(--vscode-textCodeBlock-background);
		font-family: var(--vscode-editor-font-family, monospace);
		font-size: var(--vscode-editor-font-size, 13px);
		overflow-wrap: anywhere;
		white-space: pre-wrap;
	}
	parameter-fields,
	result-tabs {
		flex: none;
	}
	result-tabs.whole {
		flex: 1;
		min-height: 160px;
	}
	[hidden] {
		display: none;
	}
	.place {
		align-self: flex-start;
	}
`;
