import type { AxisWindow } from "./gridAxis";
import { ScrollScale } from "./scrollScale";

export interface RowLayout {
	readonly count: number;
	/** Of each row, and of the header's row that stays in view before the first. */
	readonly rowPx: number;
}

/** Rows that are drawn beyond those in view, at either side. */
const OVERSCAN = 8;
/** Scrolling by at most so many views goes as many pixels as the contents move; beyond, it is a jump. */
const LOCAL_VIEWS = 2;

/** Which of a grid's rows, all of one height, are in view: for any number of them, more than an element has pixels. */
export class RowAxis {
	#layout: RowLayout = { count: 0, rowPx: 1 };
	#scale = new ScrollScale(0, 0);
	#viewPx = 0;
	/** How far the element is scrolled, as last heard of. */
	#elementAt = 0;
	/** How far the contents are. */
	#contentAt = 0;
	/** Whether the element is to be scrolled to where the contents are, once it is drawn. */
	#unsettled = false;
	#followed: HTMLElement | undefined;
	#unfollow = () => {};

	constructor(
		private readonly scroller: () => HTMLElement | null,
		private readonly changed: () => void,
	) {}

	/** Before a render. */
	layOut(layout: RowLayout): void {
		this.#layout = layout;
		const { contentPx } = this.#scale;
		this.#scale = new ScrollScale((layout.count + 1) * layout.rowPx, this.#viewPx);
		if (this.#scale.isScaled && this.#scale.contentPx !== contentPx) this.#unsettled = true;
		this.#contentAt = this.#scale.clamp(this.#contentAt);
	}

	/** After a render: follows the scrolling element. */
	follow(): void {
		const scroller = this.scroller();
		if (scroller === null) return;
		if (scroller !== this.#followed) {
			this.#unfollow();
			this.#follow(scroller);
		}
		if (this.#unsettled) this.#settle();
		this.#unsettled = false;
	}

	/** Answers a function that stops following. */
	mount(): () => void {
		return () => {
			this.#unfollow();
			this.#followed = undefined;
		};
	}

	get window(): AxisWindow {
		const { count, rowPx } = this.#layout;
		// As many rows wherever it is scrolled: whoever draws them can use their elements again.
		const inView = Math.floor(this.#contentAt / rowPx);
		const first = Math.max(0, inView - OVERSCAN);
		const end = Math.min(count, inView + Math.ceil(this.#viewPx / rowPx) + OVERSCAN);
		return {
			indexes: Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n),
			startPx: rowPx * (first + 1) - this.#contentAt + this.#elementAt,
			totalPx: this.#scale.elementPx,
		};
	}

	/** Rows that fit into the view, at least one. */
	get pageSize(): number {
		return Math.max(1, Math.floor(this.#viewPx / this.#layout.rowPx) - 1);
	}

	/** The first row that is in view as a whole. */
	get top(): number {
		return Math.ceil(this.#contentAt / this.#layout.rowPx);
	}

	reveal(row: number): void {
		const { rowPx } = this.#layout;
		const lastPx = (row + 2) * rowPx - this.#viewPx;
		if (row * rowPx < this.#contentAt) this.scrollTo(row);
		else if (lastPx > this.#contentAt) this.#goTo(lastPx);
	}

	/** Puts a row at the top of the view. */
	scrollTo(row: number): void {
		this.#goTo(row * this.#layout.rowPx);
	}

	/** How far the element is from where the contents would have it. */
	get #drift(): number {
		return this.#elementAt - this.#scale.toElement(this.#contentAt);
	}

	#goTo(contentAt: number): void {
		this.#contentAt = this.#scale.clamp(contentAt);
		this.#unsettled = true; // The element may not have its height yet.
		this.#settle();
		this.changed();
	}

	/** Scrolls the element to where the contents would have it; in view, nothing moves. */
	#settle(): void {
		const scroller = this.scroller();
		if (scroller === null || Math.abs(this.#drift) < 1) return;
		scroller.scrollTop = this.#scale.toElement(this.#contentAt);
		this.#elementAt = scroller.scrollTop;
		this.changed();
	}

	#follow(scroller: HTMLElement): void {
		this.#followed = scroller;
		const scrolled = () => this.#scrolled(scroller.scrollTop);
		const ended = () => this.#settle();
		const resized = new ResizeObserver(() => this.#resized(scroller.clientHeight));
		scroller.addEventListener("scroll", scrolled, { passive: true });
		scroller.addEventListener("scrollend", ended);
		resized.observe(scroller);
		this.#unfollow = () => {
			scroller.removeEventListener("scroll", scrolled);
			scroller.removeEventListener("scrollend", ended);
			resized.disconnect();
		};
		this.#resized(scroller.clientHeight);
	}

	#scrolled(elementAt: number): void {
		const movedPx = elementAt - this.#elementAt;
		if (movedPx === 0) return;
		this.#elementAt = elementAt;
		const isLocal = Math.abs(movedPx) <= LOCAL_VIEWS * this.#viewPx;
		const isEnd = elementAt <= 0 || elementAt >= this.#scale.elementPx - this.#viewPx - 1;
		this.#contentAt =
			this.#scale.isScaled && isLocal && !isEnd
				? this.#scale.clamp(this.#contentAt + movedPx)
				: this.#scale.toContent(elementAt);
		this.changed();
	}

	#resized(viewPx: number): void {
		if (viewPx === this.#viewPx) return;
		this.#viewPx = viewPx;
		this.changed();
	}
}
