/** How many steps a node may take when a reader begins, and when one ends. */
export interface Steps {
	readonly begin: number;
	readonly end: number;
}

/** Spreads the steps of a node over the lives of those who read its store, where it would have taken them all at once. */
export class Pace {
	readonly #waiting: (() => void)[] = [];
	#free = true;
	#steps = 0;
	readonly #stepsPer: Steps;

	constructor(stepsPer: Steps) {
		this.#stepsPer = stepsPer;
	}

	/** Resolves at once while nobody reads, or after one of the next ticks. */
	readonly step = async (): Promise<void> => {
		if (this.#free) return;
		if (this.#steps > 0) this.#steps--;
		else await new Promise<void>((resolve) => this.#waiting.push(resolve));
	};

	/** A reader begins, or ends. */
	tick(event: keyof Steps): void {
		for (let n = 0; n < this.#stepsPer[event]; n++) {
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
