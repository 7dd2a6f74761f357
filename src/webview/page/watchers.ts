/** Whom to tell of a change. */
export class Watchers {
	readonly #all = new Set<() => void>();

	/** Answers a function that takes it off again. */
	add(changed: () => void): () => void {
		const watcher = () => changed();
		this.#all.add(watcher);
		return () => this.#all.delete(watcher);
	}

	tell(): void {
		for (const watcher of [...this.#all]) watcher();
	}
}
