import { type Disk, type DiskFile, nodeDisk } from "../../../src/store/disk/disk";
import { storeErrorOf } from "../../../src/store/storeError";

/** Node's file system, whose n-th call, counted from 1, fails as the operating system would have it. */
export class FailingDisk implements Disk {
	calls = 0;

	constructor(
		readonly failingCall: number,
		readonly code: "ENOSPC" | "EACCES" | "EROFS" | "EIO",
	) {}

	/** Whether the call that was to fail has been made. */
	get failed(): boolean {
		return this.calls >= this.failingCall;
	}

	makeDirectory = (path: string) => this.#try(path, () => nodeDisk.makeDirectory(path));
	createFile = (path: string) => this.#try(path, async () => this.#file(path, await nodeDisk.createFile(path)));
	changeFile = (path: string) => this.#try(path, async () => this.#file(path, await nodeDisk.changeFile(path)));
	syncDirectory = (path: string) => this.#try(path, () => nodeDisk.syncDirectory(path));
	rename = (from: string, to: string) => this.#try(from, () => nodeDisk.rename(from, to));
	removeFile = (path: string) => this.#try(path, () => nodeDisk.removeFile(path));
	removeDirectory = (path: string) => this.#try(path, () => nodeDisk.removeDirectory(path));

	#file(path: string, file: DiskFile): DiskFile {
		return {
			// A full disk takes a part.
			write: (bytes, offset) =>
				this.#try(
					path,
					() => file.write(bytes, offset),
					() => file.write(bytes.subarray(0, bytes.byteLength >> 1), offset),
				),
			truncate: (sizeBytes) => this.#try(path, () => file.truncate(sizeBytes)),
			sync: () => this.#try(path, () => file.sync()),
			close: () => file.close(),
		};
	}

	async #try<T>(path: string, operation: () => Promise<T>, partly?: () => Promise<unknown>): Promise<T> {
		if (++this.calls !== this.failingCall) return operation();
		await partly?.();
		throw storeErrorOf(path, Object.assign(new Error(`${this.code}: as the test wants it`), { code: this.code }));
	}
}
