import { type ByteSource, bytesSource, type Cancellation } from "../files";
import { FormatError } from "../formatError";
import type { ChainSource } from "./openImage";
import { unpackState } from "./rqliteV7/unpackState";

type PackedFile = Pick<ChainSource, "path" | "packing" | "sidecar">;

/**
 * The database, or the WAL, that an open file of a chain holds: the file itself unless it is packed. `source` must stay
 * open as long as the answer is used. Throws `FormatError` where the packing is damaged.
 */
export async function unpack({ packing }: PackedFile, source: ByteSource, cancel?: Cancellation): Promise<ByteSource> {
	return packing ? unpackState(source, { crc64: packing.crc64, cancel }) : source;
}

/** As `unpack`, for an image: damage to the packing becomes part of the answer. */
export async function unpackForImage(
	file: PackedFile,
	source: ByteSource,
	cancel?: Cancellation,
): Promise<ChainSource> {
	const { path, packing, sidecar } = file;
	try {
		return { path, packing, sidecar, source: await unpack(file, source, cancel) };
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return { path, packing, sidecar, source: bytesSource(new Uint8Array(0)), fault: error };
	}
}
