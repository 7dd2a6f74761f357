import type { ByteSource, Cancellation } from "../../core/files";
import { pieceMemory } from "../../core/pieceMemory";
import type { Disk } from "./disk";

const PIECE_SIZE = 1 << 20;

export interface CopyOptions {
	readonly cancel?: Cancellation;
	/** Each piece once it is written, lent until the promise of the next; `writtenBytes` counts it in. */
	readonly piece?: (bytes: Uint8Array, writtenBytes: number) => void;
}

/** A new file of all the bytes of a source. Its contents are durable when the promise resolves, its name is not yet. */
export async function writeFile(
	disk: Disk,
	path: string,
	source: ByteSource,
	{ cancel, piece }: CopyOptions = {},
): Promise<void> {
	const file = await disk.createFile(path);
	try {
		const buffer = pieceMemory(Math.min(PIECE_SIZE, source.sizeBytes));
		for (let at = 0; at < source.sizeBytes; ) {
			cancel?.throwIfAborted();
			const bytes = buffer.subarray(0, source.readInto(buffer, at));
			if (bytes.byteLength === 0) throw new Error(`the source of ${path} ended at byte ${at} of ${source.sizeBytes}`);
			await file.write(bytes, at);
			at += bytes.byteLength;
			piece?.(bytes, at);
		}
		await file.sync();
	} finally {
		await file.close();
	}
}
