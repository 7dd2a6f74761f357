export const HEADER_SIZE = 32;
export const FRAME_HEADER_SIZE = 24;
const MAGIC = 0x377f0682;

export interface Seal {
	readonly salts?: readonly [number, number];
	readonly checkpointSequence?: number;
	/** The order of bytes in the words that are summed; little-endian as on most machines when not given. */
	readonly bigEndian?: boolean;
}

/**
 * A copy of a log in which the header and every frame of its cycle carry right checksums again, whatever was changed
 * before: edit a frame, then seal, and only the meaning is wrong. Frames left over from an older cycle stay as they are.
 *
 * The sums are worked out here, in the plainest way, so that tests do not take them from the code that they test.
 */
export function sealWal(wal: Uint8Array, { salts, checkpointSequence, bigEndian = false }: Seal = {}): Uint8Array {
	const sealed = wal.slice();
	if (sealed.byteLength < HEADER_SIZE) return sealed;
	const view = new DataView(sealed.buffer);
	const before = [view.getUint32(16), view.getUint32(20)] as const;
	const [salt1, salt2] = salts ?? before;
	view.setUint32(0, MAGIC + Number(bigEndian));
	view.setUint32(12, checkpointSequence ?? view.getUint32(12));

	let sum1 = 0;
	let sum2 = 0;
	const add = (start: number, end: number) => {
		for (let at = start; at < end; at += 8) {
			sum1 = (sum1 + view.getUint32(at, !bigEndian) + sum2) >>> 0;
			sum2 = (sum2 + view.getUint32(at + 4, !bigEndian) + sum1) >>> 0;
		}
	};
	const writePair = (at: number, first: number, second: number) => {
		view.setUint32(at, first);
		view.setUint32(at + 4, second);
	};

	writePair(16, salt1, salt2);
	add(0, 24);
	writePair(24, sum1, sum2);
	const frameSize = FRAME_HEADER_SIZE + view.getUint32(8);
	for (let frame = HEADER_SIZE; frame + frameSize <= sealed.byteLength; frame += frameSize) {
		if (view.getUint32(frame + 8) !== before[0] || view.getUint32(frame + 12) !== before[1]) break;
		writePair(frame + 8, salt1, salt2);
		add(frame, frame + 8);
		add(frame + FRAME_HEADER_SIZE, frame + frameSize);
		writePair(frame + 16, sum1, sum2);
	}
	return sealed;
}
