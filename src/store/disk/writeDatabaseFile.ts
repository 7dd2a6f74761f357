import { createHash } from "node:crypto";
import type { ByteSource, Cancellation } from "../../core/files";
import { type Disk, nodeDisk } from "./disk";
import { putInPlace } from "./putInPlace";
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
	const hash = createHash("sha256");
	const piece = (bytes: Uint8Array, writtenBytes: number) => {
		hash.update(bytes);
		progress?.(writtenBytes);
	};
	const write = async (temporary: string) => {
		await writeFile(disk, temporary, image, { ...(cancel && { cancel }), piece });
		await confirm?.();
	};
	await putInPlace(target, write, { cancel, disk });
	return hash.digest("hex");
}
