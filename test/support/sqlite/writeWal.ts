import { FRAME_HEADER_SIZE, HEADER_SIZE, type Seal, sealWal } from "./sealWal";

export interface Frame {
	readonly pageNumber: number;
	readonly page: Uint8Array;
	/** Makes it a commit frame: the size of the database after it, in pages. */
	readonly commit?: number;
}

/** A log of the given frames, for what no SQLite would write. All pages are of one size. */
export function writeWal(pageSize: number, frames: readonly Frame[], seal?: Seal): Uint8Array {
	const frameSize = FRAME_HEADER_SIZE + pageSize;
	const wal = new Uint8Array(HEADER_SIZE + frames.length * frameSize);
	const view = new DataView(wal.buffer);
	view.setUint32(4, 3007000);
	view.setUint32(8, pageSize);
	frames.forEach(({ pageNumber, page, commit = 0 }, position) => {
		const at = HEADER_SIZE + position * frameSize;
		view.setUint32(at, pageNumber);
		view.setUint32(at + 4, commit);
		wal.set(page, at + FRAME_HEADER_SIZE);
	});
	return sealWal(wal, seal);
}
