import { css, html, type TemplateResult } from "lit";
import { visibleText } from "./visibleText";

/** Text of a store: every character visible, and no effect on the direction of what stands beside it. */
export function drawText(text: string): TemplateResult {
	return html`<bdi
		>${visibleText(text).map((part) => (part.mark ? html`<span class="mark">${part.text}</span>` : part.text))}</bdi
	>`;
}

/** For every element that draws such text. */
export const textStyles = css`
	.mark {
		color: var(--vscode-editorWhitespace-foreground, currentColor);
		color: var(--vscode-descriptionForeground);
		outline: 1px dotted currentColor;
		outline-offset: -1px;
		font-size: 0.85em;
	}
`;
