import { FRAME_HEADER_SIZE, HEADER_SIZE } from "./sealWal";
import { type Frame, writeWal } from "./writeWal";

/**
 * What rqlite 10 stores of a log that ends with a commit: of each page the last version, with the commit marks that
 * those frames happen to have, under the salts of the log.
 */
export function compactWal(wal: Uint8Array): Uint8Array {
	const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
	const pageSize = view.getUint32(8);
	const newest = new Map<number, Frame>();
	for (let at = HEADER_SIZE; at < wal.byteLength; at += FRAME_HEADER_SIZE + pageSize) {
		const pageNumber = view.getUint32(at);
		const start = at + FRAME_HEADER_SIZE;
		newest.delete(pageNumber);
		newest.set(pageNumber, { pageNumber, commit: view.getUint32(at + 4), page: wal.subarray(start, start + pageSize) });
	}
	return writeWal(pageSize, [...newest.values()], {
		salts: [view.getUint32(16), view.getUint32(20)],
		checkpointSequence: view.getUint32(12),
	});
}
