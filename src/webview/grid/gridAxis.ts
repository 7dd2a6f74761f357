import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";

export interface AxisLayout {
	readonly count: number;
	/** Room for what stays in view before the first item: the column of row numbers. */
	readonly leadPx: number;
	readonly sizePx: (index: number) => number;
}

/** The rows, or columns, that are to be in the document. */
export interface AxisWindow {
	readonly indexes: readonly number[];
	/** Where the first of them begins, the lead included. */
	readonly startPx: number;
	/** Of all items, the lead included. */
	readonly totalPx: number;
}

/** Which of a grid's columns are in view. */
export class GridAxis {
	readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
	readonly #fixed;

	constructor(scroller: () => HTMLElement | null, overscan: number, changed: () => void) {
		this.#fixed = {
			getScrollElement: scroller,
			horizontal: true,
			overscan,
			onChange: changed,
			scrollToFn: elementScroll,
			observeElementRect,
			observeElementOffset,
		};
		this.#virtualizer = new Virtualizer({ ...this.#fixed, count: 0, estimateSize: () => 0 });
	}

	/** Before a render. */
	layOut({ count, leadPx, sizePx }: AxisLayout): void {
		const lead = { paddingStart: leadPx, scrollPaddingStart: leadPx };
		this.#virtualizer.setOptions({ ...this.#fixed, ...lead, count, estimateSize: sizePx });
	}

	/** After sizes have changed. */
	measure(): void {
		this.#virtualizer.measure();
	}

	/** After a render: follows the scrolling element. */
	follow(): void {
		this.#virtualizer._willUpdate();
	}

	/** Answers a function that stops following. */
	mount(): () => void {
		return this.#virtualizer._didMount();
	}

	get window(): AxisWindow {
		const items = this.#virtualizer.getVirtualItems();
		return {
			indexes: items.map(({ index }) => index),
			startPx: items[0]?.start ?? 0,
			totalPx: this.#virtualizer.getTotalSize(),
		};
	}

	reveal(index: number): void {
		this.#virtualizer.scrollToIndex(index, { align: "auto" });
	}

	reset(): void {
		this.#virtualizer.scrollToOffset(0);
	}
}
