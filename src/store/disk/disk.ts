import { constants, writeSync } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm, rmdir } from "node:fs/promises";
import { storeErrorOf } from "../storeError";

/**
 * The operations that change a file system; the store has no others. Each is done when its promise resolves, and durable
 * only after the sync that is named. All throw `StoreError`. Paths are those of the operating system.
 */
export interface Disk {
	/** Durable once the directory above is synced. Throws where something has that name. */
	makeDirectory(path: string): Promise<void>;
	/** A new, empty file, open for writing. Its name is durable once its directory is synced. */
	createFile(path: string): Promise<DiskFile>;
	/** A file that is there, open for writing; a link is not followed. */
	changeFile(path: string): Promise<DiskFile>;
	/** Makes durable which names the directory holds: files made, renamed, removed in it. */
	syncDirectory(path: string): Promise<void>;
	/** In one step, whatever happens. Durable once the directories of both names are synced. */
	rename(from: string, to: string): Promise<void>;
	/** Durable once its directory is synced. Where nothing is, nothing is done; a link goes, not what it points at. */
	removeFile(path: string): Promise<void>;
	/** An empty one. Durable once the directory above is synced. */
	removeDirectory(path: string): Promise<void>;
}

/** A file open for writing. Whoever opens it closes it. */
export interface DiskFile {
	/** All the bytes, or an error with any part of them written. Durable after `sync`. */
	write(bytes: Uint8Array, offset: number): Promise<void>;
	/** Cuts or lengthens to a size; zeros come in between. Durable after `sync`. */
	truncate(sizeBytes: number): Promise<void>;
	/** Makes the contents and the size durable. */
	sync(): Promise<void>;
	close(): Promise<void>;
}

/** Node's file system. */
export const nodeDisk: Disk = {
	makeDirectory: (path) => inStoreWords(path, () => mkdir(path)),
	createFile: (path) => inStoreWords(path, async () => diskFile(path, await open(path, "wx"))),
	changeFile: (path) =>
		inStoreWords(path, async () => diskFile(path, await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0)))),
	syncDirectory: (path) =>
		inStoreWords(path, async () => {
			if (process.platform === "win32") return; // cannot open directories, and needs no such thing
			const handle = await open(path, "r");
			try {
				await handle.sync();
			} finally {
				await handle.close();
			}
		}),
	rename: (from, to) => inStoreWords(from, () => rename(from, to)),
	removeFile: (path) => inStoreWords(path, () => rm(path, { force: true })),
	removeDirectory: (path) => inStoreWords(path, () => rmdir(path)),
};

/** A write up to this size, such as a page, is done at once: the way to another thread and back costs more than it. */
const SMALL_WRITE = 1 << 16;

const DONE = Promise.resolve();

function diskFile(path: string, handle: FileHandle): DiskFile {
	const writeLarge = async (bytes: Uint8Array, offset: number) => {
		for (let written = 0; written < bytes.byteLength; ) {
			const length = bytes.byteLength - written;
			written += (await handle.write(bytes, written, length, offset + written)).bytesWritten;
		}
	};
	return {
		write: (bytes, offset) =>
			inStoreWords(path, () => {
				if (bytes.byteLength > SMALL_WRITE) return writeLarge(bytes, offset);
				for (let written = 0; written < bytes.byteLength; ) {
					const length = bytes.byteLength - written;
					written += writeSync(handle.fd, bytes, written, length, offset + written);
				}
				return DONE;
			}),
		truncate: (sizeBytes) => inStoreWords(path, () => handle.truncate(sizeBytes)),
		// The time of modification, which it leaves out, says nothing that must survive a crash.
		sync: () => inStoreWords(path, () => handle.datasync()),
		close: () => inStoreWords(path, () => handle.close()),
	};
}

async function inStoreWords<T>(path: string, operation: () => Promise<T>): Promise<T> {
	try {
		return await operation();
	} catch (error) {
		throw storeErrorOf(path, error);
	}
}
