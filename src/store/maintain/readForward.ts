import type { ByteSource } from "../../core/files";

const PIECE_SIZE = 1 << 18;

/** The same bytes, for a reader who takes them in small parts from front to back: the file is read in larger pieces. */
export function readForward(source: ByteSource): ByteSource {
	const piece = new Uint8Array(PIECE_SIZE);
	let start = 0;
	let end = 0;
	return {
		sizeBytes: source.sizeBytes,
		readInto(target, offset) {
			if (offset < start || offset + target.byteLength > end) {
				if (target.byteLength > piece.byteLength) return source.readInto(target, offset);
				start = offset;
				end = offset + source.readInto(piece, offset);
			}
			const bytes = piece.subarray(offset - start, Math.min(end - start, offset - start + target.byteLength));
			target.set(bytes);
			return bytes.byteLength;
		},
	};
}
