/** What dragging in the header does. Places are those of columns on the screen. */
export interface HeaderDragTarget {
	/** In pixels. */
	widthOf(place: number): number;
	resize(place: number, px: number): void;
	/** Of the column under a point of the window. */
	placeAt(clientX: number): number | undefined;
	/** A column would come to stand at a place; `undefined`: at none. */
	aim(place: number | undefined): void;
	move(from: number, to: number): void;
	/** It was a click. `extend`: with Shift. */
	choose(place: number, extend: boolean): void;
}

/** Moves of the pointer that are still a click. */
const CLICK_PX = 4;

/** Dragging with the pointer: a header to another place, or the edge of one to another width. */
export class HeaderDrag {
	constructor(private readonly target: HeaderDragTarget) {}

	/** The pointer went down on a header. */
	press(event: PointerEvent, place: number): void {
		if (event.button !== 0) return;
		let isMoving = false;
		follow(event, {
			moved: ({ clientX }) => {
				isMoving ||= Math.abs(clientX - event.clientX) > CLICK_PX;
				if (isMoving) this.target.aim(this.target.placeAt(clientX));
			},
			ended: ({ clientX }) => {
				this.target.aim(undefined);
				const to = this.target.placeAt(clientX);
				if (!isMoving) this.target.choose(place, event.shiftKey);
				else if (to !== undefined) this.target.move(place, to);
			},
			cancelled: () => this.target.aim(undefined),
		});
	}

	/** The pointer went down on the right edge of a header. */
	pressEdge(event: PointerEvent, place: number): void {
		event.stopPropagation();
		if (event.button !== 0) return;
		event.preventDefault();
		const widthPx = this.target.widthOf(place);
		follow(event, {
			moved: ({ clientX }) => this.target.resize(place, widthPx + clientX - event.clientX),
			cancelled: () => this.target.resize(place, widthPx),
		});
	}
}

interface Drag {
	moved(event: PointerEvent): void;
	ended?(event: PointerEvent): void;
	cancelled?(): void;
}

/** Follows a pointer until it goes up, wherever it is; Escape gives up. */
export function follow({ pointerId }: PointerEvent, { moved, ended, cancelled }: Drag): void {
	const ending = new AbortController();
	const own =
		(then: (event: PointerEvent) => void) =>
		(event: PointerEvent): void => {
			if (event.pointerId === pointerId) then(event);
		};
	const giveUp = (): void => {
		ending.abort();
		cancelled?.();
	};
	const options = { signal: ending.signal, capture: true };
	window.addEventListener("pointermove", own(moved), options);
	window.addEventListener(
		"pointerup",
		own((event) => {
			ending.abort();
			ended?.(event);
		}),
		options,
	);
	window.addEventListener("pointercancel", own(giveUp), options);
	window.addEventListener(
		"keydown",
		(event) => {
			if (event.key !== "Escape") return;
			event.stopPropagation();
			giveUp();
		},
		options,
	);
}
