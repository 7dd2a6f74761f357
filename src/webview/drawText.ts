import { css, html, type TemplateResult } from "lit";
import { visibleText } from "./visibleText";

/**
 * Text of a store: every character visible, and no effect on the direction of what stands beside it. `lines`: line
 * feeds break lines where the style sheet lets them.
 */
export function drawText(text: string, lines = false): TemplateResult {
	return html`<bdi
		>${visibleText(text, lines).map((part) => (part.mark ? html`<span class="mark">${part.text}</span>` : part.text))}</bdi
	>`;
}

/** For every element that draws such text. */
export const textStyles = css`
	.mark {
		color: var(--vscode-descriptionForeground);
		outline: 1px dotted currentColor;
		outline-offset: -1px;
		font-size: 0.85em;
	}
`;
