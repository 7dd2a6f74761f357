import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ByteSource, Cancellation } from "../core/files";

const PIECE_SIZE = 1 << 20;

export interface WriteOptions {
	readonly cancel?: Cancellation;
	/** Bytes written so far. */
	readonly progress?: (writtenBytes: number) => void;
}

/**
 * Writes an image to a file: under a temporary name beside it, synced, renamed, the directory synced. When the promise
 * resolves the file is durable; when it rejects, or the process dies, the target is as it was. Replaces what is there.
 * Answers the SHA-256 of the bytes in hexadecimal.
 */
export async function writeDatabaseFile(
	image: ByteSource,
	target: string,
	options: WriteOptions = {},
): Promise<string> {
	const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
	try {
		const handle = await open(temporary, "wx");
		let sha256: string;
		try {
			sha256 = await copy(image, handle, options);
			await handle.sync();
		} finally {
			await handle.close();
		}
		options.cancel?.throwIfAborted();
		await rename(temporary, target);
		await syncDirectory(dirname(target));
		return sha256;
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
}

async function copy(image: ByteSource, handle: FileHandle, { cancel, progress }: WriteOptions): Promise<string> {
	const hash = createHash("sha256");
	const buffer = new Uint8Array(PIECE_SIZE);
	let at = 0;
	while (at < image.sizeBytes) {
		cancel?.throwIfAborted();
		const read = image.readInto(buffer, at);
		const piece = buffer.subarray(0, read);
		hash.update(piece);
		await handle.writeFile(piece);
		at += read;
		progress?.(at);
	}
	return hash.digest("hex");
}

/** Makes a rename durable. Windows cannot open directories, and needs no such thing. */
async function syncDirectory(directory: string): Promise<void> {
	if (process.platform === "win32") return;
	const handle = await open(directory, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
