/**
 * Reads numbers of SQLite's variable-length format without an object or a BigInt for each: what was read is in the
 * fields until the next one. Behind the end of an array it reads zeros. https://www.sqlite.org/fileformat2.html#varint
 */
export class Varint {
	/** Upper half of a signed 64-bit integer. */
	high = 0;
	/** Lower half, from 0 to 2^32 - 1. */
	low = 0;

	/** Reads one and answers where it ends. */
	read(bytes: Uint8Array, from: number): number {
		let at = from;
		let byte = bytes[at++] ?? 0;
		let high = 0;
		let low = byte & 0x7f;
		for (let length = 1; byte >= 0x80 && length < 9; length++) {
			byte = bytes[at++] ?? 0;
			const bits = length < 8 ? 7 : 8;
			high = (high << bits) | (low >>> (32 - bits));
			low = (low << bits) | (length < 8 ? byte & 0x7f : byte);
		}
		this.high = high;
		this.low = low >>> 0;
		return at;
	}
}

/** The number that two halves stand for; rounded beyond 2^53. */
export function toNumber(high: number, low: number): number {
	return high * 2 ** 32 + low;
}

/** The number that two halves stand for, exactly. */
export function toBigInt(high: number, low: number): bigint {
	return (BigInt(high) << 32n) | BigInt(low);
}

/** Its decimal digits. */
export function toDigits(high: number, low: number): string {
	return String(toBigInt(high, low));
}
