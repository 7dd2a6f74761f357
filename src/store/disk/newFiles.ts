import { join } from "node:path";
import { type Disk, type DiskFile, nodeDisk } from "./disk";

/** A new file being written from its start to its end. Whoever makes it closes it. */
export interface NewFile {
	/** Durable after `close`. */
	write(bytes: Uint8Array): Promise<void>;
	/** Makes durable what has been written. */
	close(): Promise<void>;
}

/** New files at a path: one file, whatever name is asked for, or a directory with files of the names that are. */
export class NewFiles {
	#open: DiskFile | undefined;

	private constructor(
		private readonly path: string,
		private readonly isDirectory: boolean,
		private readonly disk: Disk,
	) {}

	/** Throws `StoreError`. */
	static async at(path: string, isDirectory: boolean, disk: Disk = nodeDisk): Promise<NewFiles> {
		if (isDirectory) await disk.makeDirectory(path);
		return new NewFiles(path, isDirectory, disk);
	}

	/** Throws `StoreError`, where the name is taken too. */
	async file(name: string): Promise<NewFile> {
		const file = await this.disk.createFile(this.isDirectory ? join(this.path, name) : this.path);
		this.#open = file;
		let offset = 0;
		return {
			async write(bytes) {
				await file.write(bytes, offset);
				offset += bytes.byteLength;
			},
			close: async () => {
				await file.sync();
				await this.#close();
			},
		};
	}

	/** Closes what is still open, and makes the names in a directory durable. */
	async end(): Promise<void> {
		await this.#close();
		if (this.isDirectory) await this.disk.syncDirectory(this.path);
	}

	async #close(): Promise<void> {
		const open = this.#open;
		this.#open = undefined;
		await open?.close();
	}
}
