import { dirname } from "node:path";
import type { Disk } from "../disk/disk";
import { removeTree } from "../disk/removeTree";

/** Removes what has a name that no reader looks at. Durable when the promise resolves. */
export async function clear(disk: Disk, path: string): Promise<void> {
	await removeTree(disk, path);
	await disk.syncDirectory(dirname(path));
}

/**
 * Clears paths beside other work, when told to: a large file takes long to go, and makes the syncs of directories slow
 * meanwhile.
 */
export class Clearing {
	readonly #disk: Disk;
	readonly #waiting: string[] = [];
	readonly #begun: Promise<void>[] = [];

	constructor(disk: Disk) {
		this.#disk = disk;
	}

	add(path: string): void {
		this.#waiting.push(path);
	}

	begin(): void {
		for (const path of this.#waiting.splice(0)) {
			const cleared = clear(this.#disk, path);
			cleared.catch(() => {}); // told by `done`
			this.#begun.push(cleared);
		}
	}

	/** Clears what is left. Rejects with the first failure. */
	async done(): Promise<void> {
		this.begin();
		await Promise.all(this.#begun);
	}

	/** The same without a failure, and not before all of it has ended. */
	async settled(): Promise<void> {
		this.begin();
		await Promise.allSettled(this.#begun);
	}
}
