import type { ChainBytes, NamedBytes } from "../../protocol/engine";
import { type HostFunctions, MAX_PIECE, type SnapshotDescription } from "../../protocol/page";

/** Pieces on their way at once: enough to keep the extension busy while one crosses to the page. */
const IN_FLIGHT = 4;

/**
 * Reads the files of a snapshot's chain from the extension, base first, into `Blob`s, which the browser may keep outside memory.
 * `progress` is told the bytes read so far, of all files together.
 */
export async function loadChain(
	{ id, files, pending, compacted }: SnapshotDescription,
	readFile: HostFunctions["readFile"],
	progress: (readBytes: number) => void,
	cancel: AbortSignal,
): Promise<ChainBytes> {
	let readBytes = 0;
	const loaded: NamedBytes[] = [];
	for (const [position, { path, sizeBytes, sidecar, packing }] of files.entries()) {
		const readPiece = async (offset: number): Promise<Blob> => {
			const length = Math.min(MAX_PIECE, sizeBytes - offset);
			const piece = await readFile(position, offset, length);
			if (piece.byteLength !== length) {
				throw new Error(`${path} has changed: ${piece.byteLength} of ${length} bytes at offset ${offset}.`);
			}
			return new Blob([new Uint8Array(piece)]);
		};
		const pieces: Blob[] = [];
		for (let offset = 0; offset < sizeBytes; offset += MAX_PIECE * IN_FLIGHT) {
			const offsets = Array.from({ length: IN_FLIGHT }, (_, n) => offset + n * MAX_PIECE);
			const read = await Promise.all(offsets.filter((start) => start < sizeBytes).map(readPiece));
			cancel.throwIfAborted();
			for (const piece of read) {
				pieces.push(piece);
				readBytes += piece.size;
			}
			progress(readBytes);
		}
		loaded.push({ path, bytes: new Blob(pieces), sidecar, packing });
	}
	const [base, ...wals] = loaded;
	if (base === undefined) throw new Error("The snapshot has no files to read.");
	return { snapshot: id, base, wals, pending, compacted };
}
