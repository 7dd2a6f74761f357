import { css, html, type TemplateResult } from "lit";
import { t } from "./l10n";
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

const MAX_NAME_CHARACTERS = 200;

/** The name of a table, a column or the like; it can be empty, and as long as a text. */
export function drawName(name: string): TemplateResult {
	if (name === "") return html`<span class="mark">${t("empty name")}</span>`;
	return drawText(name.length > MAX_NAME_CHARACTERS ? `${name.slice(0, MAX_NAME_CHARACTERS)}…` : name);
}

/** The same where there is room for text alone. */
export function nameText(name: string, maxCharacters = MAX_NAME_CHARACTERS): string {
	const text = visibleText(name.slice(0, maxCharacters))
		.map((part) => part.text)
		.join("");
	return name.length > maxCharacters ? `${text}…` : text;
}

/** For every element that draws such text. */
export const textStyles = css`
	.mark {
		color: var(--vscode-descriptionForeground);
		text-decoration: underline dotted;
		font-size: 0.85em;
	}
`;
