import { toNumber, Varint } from "./varint";

/** SQLite parses no longer header of a record that lies on overflow pages. Bytes. */
const MAX_SPILLED_HEADER = 98_307;

/** Bytes of a value by its serial type, for those of one byte. https://www.sqlite.org/fileformat2.html#record_format */
const VALUE_BYTES = Uint8Array.from({ length: 128 }, (_, type) =>
	type < 12 ? [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type]! : (type - 12) >> 1,
);

const varint = new Varint();

/**
 * What is wrong with a record whose first `local` bytes lie at `start`, as the end of a sentence, or `undefined`: a header
 * that is longer than the record, or values that are not as long together as the rest of it. Of a header that is longer
 * than `local` only the length is looked at.
 */
export function recordProblem(bytes: Uint8Array, start: number, local: number, payload: number): string | undefined {
	let at = start + 1;
	let headerSize = bytes[start]!;
	if (headerSize >= 0x80) {
		at = varint.read(bytes, start);
		headerSize = toNumber(varint.high, varint.low);
	}
	if (payload === 0) return undefined;
	if (headerSize >= 0 && headerSize < 2) return "has a header without a value";
	if (headerSize < 0 || headerSize > payload) return "has a header longer than itself";
	if (headerSize > local) return headerSize > MAX_SPILLED_HEADER ? "has a header longer than SQLite reads" : undefined;
	const end = start + headerSize;
	let size = headerSize;
	while (at < end) {
		const type = bytes[at]!;
		if (type < 0x80) {
			size += VALUE_BYTES[type]!;
			at++;
		} else if (bytes[at + 1]! < 0x80) {
			const long = ((type & 0x7f) << 7) | bytes[at + 1]!;
			// A number may take more bytes than it needs.
			size += long < 128 ? VALUE_BYTES[long]! : (long - 12) >> 1;
			at += 2;
		} else {
			at = varint.read(bytes, at);
			size += valueBytes(varint.high, varint.low);
		}
	}
	if (at > end) return "has a header that ends inside a number";
	return size === payload ? undefined : `holds ${payload} bytes where its header asks for ${size}`;
}

/** How long a record's header says it is. Bytes. */
export function headerBytes(bytes: Uint8Array, start: number): number {
	varint.read(bytes, start);
	return toNumber(varint.high, varint.low);
}

/** Bytes of a value by a serial type of any length. */
export function valueBytes(high: number, low: number): number {
	if (high === 0 && low < 128) return VALUE_BYTES[low]!;
	// What does not fit 32 bits SQLite takes for the largest number that does.
	return high === 0 ? Math.floor((low - 12) / 2) : 2 ** 31 - 7;
}
