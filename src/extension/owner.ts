/** A thing that has a life to end. */
export interface Owned {
	dispose(): unknown;
}

/** Owns what it creates, on the line that creates it, and ends it with itself, last first. */
export class Owner implements Owned {
	readonly #owned: Owned[] = [];

	protected own<Thing extends Owned>(thing: Thing): Thing {
		this.#owned.push(thing);
		return thing;
	}

	dispose(): void {
		for (const thing of this.#owned.splice(0).reverse()) thing.dispose();
	}
}
