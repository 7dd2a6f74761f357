import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** VS Code gives a page no colours of its syntax themes; those of the debugger's values are in every theme. */
const highlight = HighlightStyle.define([
	{ tag: tags.keyword, color: "var(--vscode-debugTokenExpression-boolean, var(--vscode-foreground))" },
	{ tag: tags.string, color: "var(--vscode-debugTokenExpression-string, var(--vscode-foreground))" },
	// A name in quotes.
	{ tag: tags.special(tags.string), color: "var(--vscode-editor-foreground)" },
	{
		tag: [tags.number, tags.bool, tags.null],
		color: "var(--vscode-debugTokenExpression-number, var(--vscode-foreground))",
	},
	{
		tag: [tags.special(tags.name), tags.typeName],
		color: "var(--vscode-debugTokenExpression-name, var(--vscode-foreground))",
	},
	{ tag: tags.comment, color: "var(--vscode-descriptionForeground)", fontStyle: "italic" },
]);

const view = EditorView.theme({
	"&": {
		height: "100%",
		color: "var(--vscode-editor-foreground)",
		backgroundColor: "var(--vscode-editor-background)",
	},
	"&.cm-focused": { outline: "none" },
	".cm-scroller": {
		fontFamily: "var(--vscode-editor-font-family, monospace)",
		fontSize: "var(--vscode-editor-font-size, 13px)",
		lineHeight: "1.4",
	},
	".cm-content": { caretColor: "var(--vscode-editorCursor-foreground, var(--vscode-foreground))", padding: "4px 0" },
	".cm-placeholder": { color: "var(--vscode-descriptionForeground)" },
	".cm-tooltip": {
		border: "1px solid var(--vscode-editorSuggestWidget-border, var(--vscode-editorWidget-border, transparent))",
		backgroundColor: "var(--vscode-editorSuggestWidget-background, var(--vscode-editor-background))",
		color: "var(--vscode-editorSuggestWidget-foreground, var(--vscode-editor-foreground))",
	},
	".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "14em" },
	".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
		backgroundColor: "var(--vscode-list-activeSelectionBackground)",
		color: "var(--vscode-list-activeSelectionForeground, inherit)",
		outline: "1px dashed var(--vscode-contrastActiveBorder, transparent)",
		outlineOffset: "-1px",
	},
	".cm-completionMatchedText": { fontWeight: "bold", textDecoration: "none" },
	".cm-completionDetail": { fontStyle: "normal", opacity: "1" },
	".cm-sqlFault": {
		textDecoration: "underline wavy var(--vscode-editorError-foreground)",
		textUnderlineOffset: "3px",
	},
});

/** The SQL editor in VS Code's colours, whatever the theme. */
export const sqlEditorTheme: Extension = [view, syntaxHighlighting(highlight)];
