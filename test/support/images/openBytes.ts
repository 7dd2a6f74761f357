import { bytesSource } from "../../../src/core/files";
import { type OpenedImage, openImage } from "../../../src/core/snapshot/openImage";
import type { PageImage } from "../../../src/core/sqlite/image/pageImage";

/** The snapshot that an image of bare bytes is of. */
export const SNAPSHOT = "2-7-1795387547713";

/** The image of a base and logs that are at hand as bytes. `pending`: how many of the logs a reap left. */
export function openBytes(base: Uint8Array, wals: readonly Uint8Array[], pending = 0): OpenedImage {
	const named = (path: string, bytes: Uint8Array) => ({ path, source: bytesSource(bytes) });
	return openImage(
		{
			base: named("base.sqlite", base),
			wals: wals.map((wal, position) => named(`wal-${position + 1}`, wal)),
			pending,
		},
		SNAPSHOT,
	);
}

/** All bytes of an image. */
export function imageBytes(image: PageImage): Uint8Array {
	const bytes = new Uint8Array(image.sizeBytes);
	const read = image.readInto(bytes, 0);
	if (read !== bytes.byteLength) throw new Error(`the image gave ${read} of its ${bytes.byteLength} bytes`);
	return bytes;
}

/** All bytes of a chain's image, where nothing is wrong with the chain. */
export function reconstruct(base: Uint8Array, wals: readonly Uint8Array[]): Uint8Array {
	const { image, report } = openBytes(base, wals);
	if (!image || report.findings.length > 0) throw new Error(JSON.stringify(report.findings));
	return imageBytes(image);
}
