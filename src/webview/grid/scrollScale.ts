/** Browsers clamp an element that is much higher: Firefox at 17 million pixels, Chromium at 33, less when it is zoomed. */
const MAX_PX = 8_000_000;
/** At either end a pixel is a pixel, so that nobody notices anything there. */
const EDGE_PX = 2_000_000;

/**
 * How far a scrolling element is scrolled, and how far that is in contents that may be higher than an element can be.
 * The same where the contents fit; else the middle is drawn together.
 */
export class ScrollScale {
	/** Height of the element that stands for the contents. */
	readonly elementPx: number;
	readonly #contentRange: number;
	readonly #elementRange: number;

	/** `viewPx`: height of the view that scrolls over them. */
	constructor(
		readonly contentPx: number,
		viewPx: number,
		maxPx = MAX_PX,
		private readonly edgePx = EDGE_PX,
	) {
		this.elementPx = Math.min(contentPx, maxPx);
		this.#contentRange = Math.max(0, contentPx - viewPx);
		this.#elementRange = Math.max(0, this.elementPx - viewPx);
	}

	get isScaled(): boolean {
		return this.elementPx < this.contentPx;
	}

	clamp(contentAt: number): number {
		return Math.max(0, Math.min(this.#contentRange, contentAt));
	}

	toElement(contentAt: number): number {
		return this.#map(contentAt, this.#contentRange, this.#elementRange);
	}

	toContent(elementAt: number): number {
		return this.#map(elementAt, this.#elementRange, this.#contentRange);
	}

	#map(at: number, from: number, to: number): number {
		const within = Math.max(0, Math.min(from, at));
		const edge = this.edgePx;
		if (!this.isScaled || within <= edge) return within;
		if (within >= from - edge) return to - (from - within);
		return edge + ((within - edge) * (to - 2 * edge)) / (from - 2 * edge);
	}
}
