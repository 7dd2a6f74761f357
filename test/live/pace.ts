const STEPS_PER_TICK = 4;

/** Spreads the steps of a node over the lives of those who read its store, where it would have taken them all at once. */
export class Pace {
	readonly #waiting: (() => void)[] = [];
	#free = true;
	#steps = 0;

	/** Resolves at once while nobody reads, or after one of the next ticks. */
	readonly step = async (): Promise<void> => {
		if (this.#free) return;
		if (this.#steps > 0) this.#steps--;
		else await new Promise<void>((resolve) => this.#waiting.push(resolve));
	};

	/** A reader has begun, or ended: the node may take a few steps. */
	tick(): void {
		for (let n = 0; n < STEPS_PER_TICK; n++) {
			const go = this.#waiting.shift();
			if (go) go();
			else this.#steps++;
		}
	}

	/** Holds the node back until the readers have ended. */
	async during(reading: () => Promise<void>): Promise<void> {
		this.#free = false;
		this.#steps = 0;
		try {
			await reading();
		} finally {
			this.#free = true;
			for (const go of this.#waiting.splice(0)) go();
		}
	}
}
