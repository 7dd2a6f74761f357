import { css } from "lit";

/** Sizes that follow the data are custom properties, set by the grid: `--row`, `--columns`, `--lead-columns`, `--lead`, `--width`, `--height`. */
export const gridStyles = css`
	:host {
		position: relative;
		display: flex;
		flex-direction: column;
		min-height: 0;
		font-family: var(--vscode-editor-font-family, monospace);
		font-size: var(--vscode-editor-font-size, 13px);
	}
	[role="grid"] {
		flex: 1;
		min-width: 0;
		overflow: auto;
		/* What is scrolled to does not end up below the header or the row numbers. */
		scroll-padding: var(--row) 0 0 var(--lead);
		border: 1px solid var(--vscode-contrastBorder, transparent);
		background: var(--vscode-editor-background);
		color: var(--vscode-editor-foreground);
		user-select: none;
	}
	[role="grid"]:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
	}
	.header {
		position: sticky;
		z-index: 2;
		top: 0;
		width: var(--width);
		min-width: 100%;
		background: var(--vscode-editor-background);
		font-weight: 600;
	}
	.body {
		position: relative;
		width: var(--width);
		min-width: 100%;
		height: var(--height);
	}
	.window {
		position: absolute;
		inset: 0 0 auto;
	}
	[role="row"] {
		display: grid;
		grid-template-columns: var(--columns);
		height: var(--row);
	}
	.window [role="row"]:hover {
		background: var(--vscode-list-hoverBackground);
	}
	.cell {
		overflow: hidden;
		padding: 3px 8px;
		border: 0 solid var(--vscode-editorWidget-border, var(--vscode-panel-border, transparent));
		border-width: 0 1px 1px 0;
		line-height: 1.35;
		text-overflow: ellipsis;
		white-space: pre;
	}
	/* The second column of the template is the room of the columns before the first one in view. */
	.first {
		grid-column-start: 3;
	}
	/* Row number and pinned columns stay at the left. */
	.lead {
		position: sticky;
		z-index: 1;
		left: 0;
		display: grid;
		grid-template-columns: var(--lead-columns);
		min-width: 0;
		background: var(--vscode-editor-background);
	}
	.number {
		color: var(--vscode-descriptionForeground);
		text-align: right;
		font-variant-numeric: tabular-nums;
	}
	.integer,
	.real,
	.numeric {
		text-align: right;
		font-variant-numeric: tabular-nums;
	}
	.null {
		color: var(--vscode-descriptionForeground);
		font-style: italic;
	}
	.pending {
		color: var(--vscode-descriptionForeground);
	}
	.invalid-text {
		text-decoration: underline wavy var(--vscode-editorWarning-foreground, currentColor);
	}
	/* What is clipped is the text, not the note on its length. */
	.noted {
		display: flex;
		gap: 1ch;
	}
	.noted bdi {
		overflow: hidden;
		min-width: 0;
		text-overflow: ellipsis;
	}
	.note {
		flex: none;
		color: var(--vscode-descriptionForeground);
	}
	.selected {
		background: var(--vscode-list-inactiveSelectionBackground);
		color: var(--vscode-list-inactiveSelectionForeground, inherit);
		outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
		outline-offset: -1px;
	}
	.selected :is(.note, .mark),
	.selected.null {
		color: inherit;
	}
	.active {
		outline: 1px solid var(--vscode-contrastActiveBorder, var(--vscode-descriptionForeground));
		outline-offset: -1px;
	}
	[role="grid"]:focus .active {
		background: var(--vscode-list-activeSelectionBackground);
		color: var(--vscode-list-activeSelectionForeground);
		outline: 2px solid var(--vscode-focusBorder);
		outline-offset: -2px;
	}
	[role="grid"]:focus .active .note {
		color: inherit;
	}
	.header [role="columnheader"] {
		position: relative;
		cursor: default;
		touch-action: none;
	}
	.aimed {
		background: var(--vscode-list-dropBackground, var(--vscode-list-hoverBackground));
		outline: 2px solid var(--vscode-focusBorder);
		outline-offset: -2px;
	}
	.type {
		color: var(--vscode-descriptionForeground);
		font-weight: normal;
	}
	/* What can be dragged to make the column wider. */
	.edge {
		position: absolute;
		inset: 0 0 0 auto;
		width: 7px;
		cursor: col-resize;
	}
	.edge:hover {
		border-right: 2px solid var(--vscode-focusBorder);
	}
	.probe {
		position: absolute;
		visibility: hidden;
		padding-inline: 0;
	}
`;
