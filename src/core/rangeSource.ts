import type { ByteSource } from "./files";
import type { ByteRange } from "./stream/streamLayout";

/** A part of a source, as a source of its own. */
export function rangeSource(source: ByteSource, { offset, length }: ByteRange): ByteSource {
	return {
		sizeBytes: length,
		readInto(target, at) {
			const wanted = Math.max(0, Math.min(target.byteLength, length - at));
			return wanted === 0 ? 0 : source.readInto(target.subarray(0, wanted), offset + at);
		},
	};
}
