import type { DiskFile } from "./disk";

/**
 * Has the disk write what a file has been given so far while it is given more, so that a sync at the end, which alone
 * says that all is durable, finds little left to do.
 */
export class Writeback {
	readonly #file: DiskFile;
	#running: Promise<void> | undefined;

	constructor(file: DiskFile) {
		this.#file = file;
	}

	/** Begins to write back, unless that is going on. */
	begin(): void {
		if (this.#running) return;
		const ended = () => {
			this.#running = undefined;
		};
		this.#running = this.#file.sync().then(ended);
		this.#running.catch(() => {}); // told by `done`
	}

	/** Resolves when nothing is going on. The system tells of a failure once: what an early sync threw is thrown here. */
	async done(): Promise<void> {
		await this.#running;
	}
}
