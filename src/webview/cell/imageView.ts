import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount, formatSize, t } from "../l10n";
import { baseStyles } from "../styles";
import type { ImageHeader } from "./imageHeader";
import { valueStyles } from "./valueStyles";

const MAX_BYTES = 32 << 20;
/** What a browser needs for it is four bytes for each. */
const MAX_PIXELS = 50_000_000;

/** A blob that is an image, drawn by the browser from its bytes. */
@customElement("image-view")
export class ImageView extends LitElement {
	@property({ attribute: false }) accessor bytes = new Uint8Array();
	@property({ attribute: false }) accessor header: ImageHeader | undefined;
	@state() private accessor broken = false;
	/** Address of the bytes for as long as they are drawn. */
	#url: string | undefined;

	static override styles = [
		baseStyles,
		valueStyles,
		css`
			img {
				display: block;
				max-width: 100%;
				/* Light and dark squares behind what is transparent. */
				background: repeating-conic-gradient(#8884 0 25%, #8882 0 50%) 0 / 16px 16px;
				image-rendering: auto;
			}
		`,
	];

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has("bytes")) return;
		this.#release();
		this.broken = false;
		if (this.header === undefined || this.#tooLarge(this.header)) return;
		this.#url = URL.createObjectURL(new Blob([this.bytes.slice()], { type: this.header.type }));
	}

	override disconnectedCallback(): void {
		this.#release();
		super.disconnectedCallback();
	}

	override render(): TemplateResult {
		return html`<div class="content" tabindex="0" role="group" aria-label=${t("Value")}>${this.#content()}</div>`;
	}

	#content(): TemplateResult {
		const { header } = this;
		if (header === undefined) return html``;
		const size = t("{0} by {1} pixels", formatCount(header.width), formatCount(header.height));
		if (this.#tooLarge(header)) {
			const reason = t(
				"An image of {0} and {1} is not drawn: it is too large.",
				size,
				formatSize(this.bytes.byteLength),
			);
			return html`${reason}`;
		}
		if (this.broken) return html`${t("The bytes begin as an image does, and cannot be drawn as one.")}`;
		return html`<img src=${this.#url ?? ""} alt=${t("Image, {0}", size)} @error=${this.#fail} />`;
	}

	#tooLarge({ width, height }: ImageHeader): boolean {
		return this.bytes.byteLength > MAX_BYTES || width * height > MAX_PIXELS;
	}

	#fail(): void {
		this.broken = true;
	}

	#release(): void {
		if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
		this.#url = undefined;
	}

	override focus(): void {
		this.renderRoot.querySelector<HTMLElement>(".content")?.focus();
	}
}
