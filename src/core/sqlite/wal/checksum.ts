export const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * The running checksum of a WAL: two 32-bit sums over pairs of words, from the header on through every frame.
 * https://www.sqlite.org/fileformat2.html#checksum_algorithm
 */
export class WalChecksum {
	/** Both sums are kept as unsigned 32-bit integers. */
	s0 = 0;
	s1 = 0;

	/** `bigEndian`: the order of the bytes in a word, which the log's magic gives. */
	constructor(readonly bigEndian: boolean) {}

	/** Goes on from sums that are stored in a frame. */
	set(s0: number, s1: number): void {
		this.s0 = s0;
		this.s1 = s1;
	}

	/** Adds bytes; their number must be a multiple of 8. */
	update(bytes: Uint8Array): void {
		const count = bytes.byteLength / 4;
		if (this.bigEndian === HOST_IS_LITTLE_ENDIAN || bytes.byteOffset % 4 !== 0) {
			this.#addOrdered(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), count);
		} else {
			this.#addNative(new Int32Array(bytes.buffer, bytes.byteOffset, count));
		}
	}

	/** Whether the sums are those. */
	equals(s0: number, s1: number): boolean {
		return this.s0 === s0 && this.s1 === s1;
	}

	#addNative(words: Int32Array): void {
		let s0 = this.s0 | 0;
		let s1 = this.s1 | 0;
		for (let i = 0; i < words.length; i += 2) {
			s0 = (s0 + words[i]! + s1) | 0;
			s1 = (s1 + words[i + 1]! + s0) | 0;
		}
		this.set(s0 >>> 0, s1 >>> 0);
	}

	#addOrdered(view: DataView, count: number): void {
		const littleEndian = !this.bigEndian;
		let s0 = this.s0 | 0;
		let s1 = this.s1 | 0;
		for (let i = 0; i < count; i += 2) {
			s0 = (s0 + view.getInt32(i * 4, littleEndian) + s1) | 0;
			s1 = (s1 + view.getInt32(i * 4 + 4, littleEndian) + s0) | 0;
		}
		this.set(s0 >>> 0, s1 >>> 0);
	}
}
