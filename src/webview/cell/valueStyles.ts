import { css } from "lit";

/** What the views of one value share: they fill the pane and scroll in it. */
export const valueStyles = css`
	:host {
		display: flex;
		flex: 1;
		flex-direction: column;
		gap: 4px;
		min-height: 0;
	}
	.content {
		flex: 1;
		min-height: 0;
		margin: 0;
		overflow: auto;
		padding: 6px 8px;
		border: var(--line);
		background: var(--vscode-textCodeBlock-background);
		font-family: var(--vscode-editor-font-family, monospace);
		font-size: var(--vscode-editor-font-size, 13px);
		overflow-wrap: anywhere;
		white-space: pre-wrap;
	}
	.more {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 4px 8px;
	}
`;
