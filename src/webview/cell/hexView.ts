import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { hexDump } from "../../core/format/hexDump";
import { formatCount, t } from "../l10n";
import { baseStyles } from "../styles";
import { valueStyles } from "./valueStyles";

/** Bytes that are drawn at once; a multiple of a line. */
const PAGE_BYTES = 16 << 10;

/** Bytes as offset, hexadecimal and ASCII, a page at a time. */
@customElement("hex-view")
export class HexView extends LitElement {
	@property({ attribute: false }) accessor bytes = new Uint8Array();
	/** Counted from 0. */
	@state() private accessor pageNumber = 0;

	static override styles = [baseStyles, valueStyles];

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("bytes")) this.pageNumber = 0;
	}

	override render(): TemplateResult {
		const start = this.pageNumber * PAGE_BYTES;
		const lines = hexDump(this.bytes.subarray(start, start + PAGE_BYTES), start);
		return html`<pre class="content" tabindex="0" role="group" aria-label=${t("Value")}>${lines.join("\n")}</pre>
			${this.bytes.byteLength > PAGE_BYTES ? this.#pages(start) : nothing}`;
	}

	#pages(start: number): TemplateResult {
		const last = Math.ceil(this.bytes.byteLength / PAGE_BYTES) - 1;
		const end = Math.min(this.bytes.byteLength, start + PAGE_BYTES);
		const shown = t(
			"Bytes {0} to {1} of {2}",
			formatCount(start),
			formatCount(end - 1),
			formatCount(this.bytes.byteLength),
		);
		return html`<div class="more">
			<span class="dim">${shown}</span>
			${this.#button(t("First bytes"), 0)} ${this.#button(t("Previous bytes"), Math.max(0, this.pageNumber - 1))}
			${this.#button(t("Next bytes"), Math.min(last, this.pageNumber + 1))} ${this.#button(t("Last bytes"), last)}
		</div>`;
	}

	#button(label: string, pageNumber: number): TemplateResult {
		return html`<vscode-button
			appearance="secondary"
			?disabled=${pageNumber === this.pageNumber}
			@click=${() => this.#show(pageNumber)}
			>${label}</vscode-button
		>`;
	}

	#show(pageNumber: number): void {
		this.pageNumber = pageNumber;
		const content = this.renderRoot.querySelector("pre");
		if (content === null) return;
		content.scrollTop = 0;
		// The button that had the focus may be disabled now.
		content.focus();
	}

	override focus(): void {
		this.renderRoot.querySelector("pre")?.focus();
	}
}
