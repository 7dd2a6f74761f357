import { checkpoint } from "../support/sqlite/oracle";

const HEADER_SIZE = 32;
const FRAME_HEADER_SIZE = 24;

/**
 * What SQLite makes of a base and a log that ends earlier: before its first frame, and behind each frame that says it
 * commits. Not each of them commits; then the state is one of the others.
 */
export function committedStates(base: Uint8Array, wal: Uint8Array): Uint8Array[] {
	const states = [base];
	const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
	const frameSize = FRAME_HEADER_SIZE + (wal.byteLength > HEADER_SIZE ? view.getUint32(8) : 0);
	for (
		let frame = HEADER_SIZE;
		frame + frameSize <= wal.byteLength && frameSize > FRAME_HEADER_SIZE;
		frame += frameSize
	) {
		if (view.getUint32(frame + 4) > 0) states.push(checkpoint(base, [wal.subarray(0, frame + frameSize)]));
	}
	return states;
}
