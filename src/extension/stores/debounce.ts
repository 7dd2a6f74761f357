import type { Owned } from "../owner";

/**
 * Turns a burst of calls into one: runs `quietMs` after the last of them, but never later than `longestMs` after the
 * first, so that a store that is written all the time is still looked at.
 */
export class Debounce implements Owned {
	#timer: NodeJS.Timeout | undefined;
	#firstAt = 0;

	constructor(
		private readonly run: () => void,
		private readonly quietMs: number,
		private readonly longestMs: number,
	) {}

	trigger(): void {
		const now = Date.now();
		if (this.#timer === undefined) this.#firstAt = now;
		clearTimeout(this.#timer);
		const wait = Math.max(0, Math.min(this.quietMs, this.#firstAt + this.longestMs - now));
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.run();
		}, wait);
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
