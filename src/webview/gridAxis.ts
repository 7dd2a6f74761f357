import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";

export interface AxisLayout {
	readonly count: number;
	/** Room for what stays in view before the first item: the header's row, the column of row numbers. */
	readonly leadPx: number;
	readonly sizePx: (index: number) => number;
}

/** The items of an axis that are to be in the document. */
export interface AxisWindow {
	readonly indexes: readonly number[];
	/** Where the first of them begins, the lead included. */
	readonly startPx: number;
	/** Of all items, the lead included. */
	readonly totalPx: number;
}

/** One direction of a scrolling grid: which of its rows, or columns, are in view. */
export class GridAxis {
	readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
	readonly #fixed;

	constructor(scroller: () => HTMLElement | null, horizontal: boolean, overscan: number, changed: () => void) {
		this.#fixed = {
			getScrollElement: scroller,
			horizontal,
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

	/** Items that fit into the view, at least one. */
	pageSize(sizePx: number): number {
		const rect = this.#virtualizer.scrollRect;
		const viewPx = (this.#fixed.horizontal ? rect?.width : rect?.height) ?? 0;
		return Math.max(1, Math.floor((viewPx - this.#virtualizer.options.paddingStart) / sizePx));
	}

	reveal(index: number): void {
		this.#virtualizer.scrollToIndex(index, { align: "auto" });
	}

	reset(): void {
		this.#virtualizer.scrollToOffset(0);
	}
}
