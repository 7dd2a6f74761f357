import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";
import { css, html, type TemplateResult } from "lit";
import { drawText } from "../drawText";
import { sqliteDialect } from "../sql/sqlDialect";

/** A longer text is drawn without colours. */
const MAX_COLOURED = 50_000;

const highlighter = tagHighlighter([
	{ tag: tags.keyword, class: "sql-keyword" },
	{ tag: tags.special(tags.string), class: "sql-name" },
	{ tag: tags.string, class: "sql-string" },
	{ tag: [tags.number, tags.bool, tags.null], class: "sql-number" },
	{ tag: tags.typeName, class: "sql-type" },
	{ tag: tags.comment, class: "sql-comment" },
]);

/** SQL in the colours that the editor gives it. Lines that tabs indent are drawn with spaces. */
export function drawSqlText(text: string): TemplateResult {
	const sql = text.replace(/^\t+/gm, (tabs) => "    ".repeat(tabs.length));
	if (sql.length > MAX_COLOURED) return drawText(sql, true);
	const parts: TemplateResult[] = [];
	highlightCode(
		sql,
		sqliteDialect.language.parser.parse(sql),
		highlighter,
		(text, classes) =>
			parts.push(classes === "" ? drawText(text) : html`<span class=${classes}>${drawText(text)}</span>`),
		() => parts.push(html`${"\n"}`),
	);
	return html`${parts}`;
}

export const sqlTextStyles = css`
	.sql-keyword {
		color: var(--vscode-debugTokenExpression-boolean, var(--vscode-foreground));
	}
	.sql-string {
		color: var(--vscode-debugTokenExpression-string, var(--vscode-foreground));
	}
	.sql-number {
		color: var(--vscode-debugTokenExpression-number, var(--vscode-foreground));
	}
	.sql-type {
		color: var(--vscode-debugTokenExpression-name, var(--vscode-foreground));
	}
	.sql-comment {
		color: var(--vscode-descriptionForeground);
		font-style: italic;
	}
`;
