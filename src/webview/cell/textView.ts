import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { drawText, textStyles } from "../drawText";
import { formatCount, t } from "../l10n";
import { baseStyles } from "../styles";
import { valueStyles } from "./valueStyles";

/** Characters that are drawn at first, and more of at each request. */
const PIECE = 50_000;

/** A long text: its beginning, and more of it when asked. */
@customElement("text-view")
export class TextView extends LitElement {
	@property({ attribute: false }) accessor text = "";
	@state() private accessor shown = PIECE;

	static override styles = [baseStyles, textStyles, valueStyles];

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("text")) this.shown = PIECE;
	}

	override render(): TemplateResult {
		const end = wholeCharacters(this.text, this.shown);
		return html`<pre class="content" tabindex="0" role="group" aria-label=${t("Value")}>${drawText(this.text.slice(0, end), true)}</pre>
			${end === this.text.length ? nothing : this.#more(end)}`;
	}

	#more(end: number): TemplateResult {
		return html`<div class="more">
			<span class="dim">${t("The first {0} of {1} characters", formatCount(end), formatCount(this.text.length))}</span>
			<vscode-button appearance="secondary" @click=${() => this.#show(end + PIECE)}>${t("Show more")}</vscode-button>
		</div>`;
	}

	#show(characters: number): void {
		this.shown = characters;
	}

	override focus(): void {
		this.renderRoot.querySelector("pre")?.focus();
	}
}

/** Where to cut so that no character is cut in two. */
function wholeCharacters(text: string, length: number): number {
	const unit = length < text.length ? text.charCodeAt(length - 1) : 0;
	return Math.min(text.length, unit >= 0xd800 && unit < 0xdc00 ? length - 1 : length);
}
