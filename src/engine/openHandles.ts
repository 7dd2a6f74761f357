/** What was asked for is open in this engine no more, or was in another. */
export class ClosedError extends Error {
	readonly code = "closed";
}

/** What is open in one engine, by numbers that no other engine gives: what is asked of the next one finds nothing there. */
export class OpenHandles<Open extends { close(): void }> {
	readonly #open = new Map<number, Open>();
	#last = Math.floor(Math.random() * 2 ** 48);

	/** `what`: as an error names it. */
	constructor(private readonly what: string) {}

	add(open: Open): number {
		this.#open.set(++this.#last, open);
		return this.#last;
	}

	/** Throws `ClosedError`. */
	get(handle: number): Open {
		const open = this.#open.get(handle);
		if (open === undefined) throw new ClosedError(`The ${this.what} is closed.`);
		return open;
	}

	close(handle: number): void {
		this.#open.get(handle)?.close();
		this.#open.delete(handle);
	}

	clear(): void {
		for (const handle of [...this.#open.keys()]) this.close(handle);
	}
}
