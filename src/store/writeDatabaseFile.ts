import { createHash, randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { ByteSource, Cancellation } from "../core/files";
import { type Disk, nodeDisk } from "./disk";
import { writeFile } from "./writeFile";

export interface WriteOptions {
	readonly cancel?: Cancellation;
	/** Bytes written so far. */
	readonly progress?: (writtenBytes: number) => void;
	/** Asked once all bytes are written, before the file takes its name; where it rejects, it does not. */
	readonly confirm?: () => Promise<void>;
	readonly disk?: Disk;
}

/**
 * Writes an image to a file: under a temporary name beside it, synced, renamed, the directory synced. When the promise
 * resolves the file is durable; when it rejects, or the process dies, the target is as it was. Replaces what is there.
 * Answers the SHA-256 of the bytes in hexadecimal. Throws `StoreError`, what `confirm` throws, and the reason of a
 * cancellation.
 */
export async function writeDatabaseFile(
	image: ByteSource,
	target: string,
	{ cancel, progress, confirm, disk = nodeDisk }: WriteOptions = {},
): Promise<string> {
	const temporary = temporaryBeside(target);
	const hash = createHash("sha256");
	const piece = (bytes: Uint8Array, writtenBytes: number) => {
		hash.update(bytes);
		progress?.(writtenBytes);
	};
	try {
		await writeFile(disk, temporary, image, { ...(cancel && { cancel }), piece });
		await confirm?.();
		cancel?.throwIfAborted();
		await disk.rename(temporary, target);
		await disk.syncDirectory(dirname(target));
		return hash.digest("hex");
	} catch (error) {
		await disk.removeFile(temporary).catch(() => {}); // what happened first is the answer
		throw error;
	}
}

/** A name in the directory of `target` that nothing has. */
export function temporaryBeside(target: string): string {
	return join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
}
