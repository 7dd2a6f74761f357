import type { ArrangedColumns } from "../../protocol/columnLayouts";

/**
 * Which columns of a result are shown, in which order and how wide. Columns are positions in the result, places are
 * positions on the screen. Each change answers another layout.
 */
export class ColumnLayout {
	/** Those that stay at the left, then the others. */
	readonly shown: readonly number[];
	/** How many of `shown` stay at the left. */
	readonly pinnedCount: number;

	private constructor(
		private readonly order: readonly number[],
		private readonly hidden: ReadonlySet<number>,
		private readonly pinned: ReadonlySet<number>,
		/** Widths that somebody chose, in pixels. */
		private readonly widths: ReadonlyMap<number, number>,
	) {
		const visible = order.filter((column) => !hidden.has(column));
		const atLeft = visible.filter((column) => pinned.has(column));
		this.shown = [...atLeft, ...visible.filter((column) => !pinned.has(column))];
		this.pinnedCount = atLeft.length;
	}

	/** As the result has them. */
	static of(count: number): ColumnLayout {
		return new ColumnLayout([...Array(count).keys()], new Set(), new Set(), new Map());
	}

	/** As it was kept. */
	static arranged({ order, hidden, pinned, widths }: ArrangedColumns): ColumnLayout {
		const layout = new ColumnLayout(order, new Set(hidden), new Set(pinned), new Map(widths));
		return layout.shown.length === 0 ? layout.showAll() : layout;
	}

	/** To be kept. */
	get arrangement(): ArrangedColumns {
		return { order: this.order, hidden: [...this.hidden], pinned: [...this.pinned], widths: [...this.widths] };
	}

	/** Of all columns. */
	get count(): number {
		return this.order.length;
	}

	get hiddenCount(): number {
		return this.hidden.size;
	}

	isHidden(column: number): boolean {
		return this.hidden.has(column);
	}

	isPinned(column: number): boolean {
		return this.pinned.has(column);
	}

	/** In pixels; `undefined` where nobody chose one. */
	widthOf(column: number): number | undefined {
		return this.widths.get(column);
	}

	/** The last one that is shown stays. */
	hide(column: number): ColumnLayout {
		if (this.shown.length <= 1) return this;
		return new ColumnLayout(this.order, new Set(this.hidden).add(column), this.pinned, this.widths);
	}

	show(column: number): ColumnLayout {
		const hidden = new Set(this.hidden);
		hidden.delete(column);
		return new ColumnLayout(this.order, hidden, this.pinned, this.widths);
	}

	showAll(): ColumnLayout {
		return new ColumnLayout(this.order, new Set(), this.pinned, this.widths);
	}

	/** Keeps a column at the left, or lets it scroll with the others again. */
	pin(column: number, isPinned: boolean): ColumnLayout {
		const pinned = new Set(this.pinned);
		if (isPinned) pinned.add(column);
		else pinned.delete(column);
		return new ColumnLayout(this.order, this.hidden, pinned, this.widths);
	}

	/** Puts a column at the place of another; a column stays among those that are pinned, or among the others. */
	moveTo(column: number, place: number): ColumnLayout {
		const from = this.shown.indexOf(column);
		const [first, last] = this.isPinned(column) ? [0, this.pinnedCount - 1] : [this.pinnedCount, this.shown.length - 1];
		const target = this.shown[Math.min(last, Math.max(first, place))];
		if (from < 0 || target === undefined || target === column) return this;
		const order = this.order.filter((other) => other !== column);
		const behind = this.shown.indexOf(target) > from ? 1 : 0;
		order.splice(order.indexOf(target) + behind, 0, column);
		return new ColumnLayout(order, this.hidden, this.pinned, this.widths);
	}

	/** `undefined`: as wide as its values need. */
	resize(column: number, px: number | undefined): ColumnLayout {
		const widths = new Map(this.widths);
		if (px === undefined) widths.delete(column);
		else widths.set(column, px);
		return new ColumnLayout(this.order, this.hidden, this.pinned, widths);
	}
}
