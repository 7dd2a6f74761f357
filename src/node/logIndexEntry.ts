import type { KnownLog } from "../core/snapshot/knownLogs";
import { WalChecksum } from "../core/sqlite/wal/checksum";

/** A known log as it is kept, with what of the file it is compared by. */
export interface KeptLog extends KnownLog {
	/** In hexadecimal. */
	readonly edges: string;
}

/** Of this layout, and of an order of bytes: another one is another version. */
const VERSION = 0x534e_4901;

/** Words before the text: version, its length in bytes, number of page numbers. */
const HEAD_WORDS = 3;

/** Head, all but the page numbers as JSON, page numbers, and the two sums of WALs over all that. Words of the host. */
export function encodeKnownLog({ scan: { pageNumbers, ...scan }, crc32c, edges }: KeptLog): Uint8Array {
	const text = new TextEncoder().encode(JSON.stringify({ scan, crc32c, edges }));
	const textWords = Math.ceil(text.byteLength / 4);
	const count = HEAD_WORDS + textWords + pageNumbers.length;
	const words = new Uint32Array(count + (count % 2) + 2);
	words.set([VERSION, text.byteLength, pageNumbers.length]);
	const bytes = new Uint8Array(words.buffer);
	bytes.set(text, HEAD_WORDS * 4);
	words.set(pageNumbers, HEAD_WORDS + textWords);
	words.set(sumsOf(bytes.subarray(0, -8)), words.length - 2);
	return bytes;
}

/** `undefined` for anything that `encodeKnownLog` has not made as it is. */
export function decodeKnownLog(bytes: Uint8Array): KeptLog | undefined {
	if (bytes.byteLength < HEAD_WORDS * 4 + 8 || bytes.byteLength % 8 !== 0) return undefined;
	const words = new Uint32Array(new Uint8Array(bytes).buffer);
	const [s0, s1] = sumsOf(bytes.subarray(0, -8));
	if (words[0] !== VERSION || words.at(-2) !== s0 || words.at(-1) !== s1) return undefined;
	const [, textBytes, pages] = words as unknown as readonly [number, number, number];
	const text = bytes.subarray(HEAD_WORDS * 4, HEAD_WORDS * 4 + textBytes);
	const { scan, crc32c, edges } = JSON.parse(new TextDecoder().decode(text));
	const start = HEAD_WORDS + Math.ceil(textBytes / 4);
	return { scan: { ...scan, pageNumbers: words.slice(start, start + pages) }, crc32c, edges };
}

function sumsOf(bytes: Uint8Array): readonly [number, number] {
	const sums = new WalChecksum(false);
	sums.update(bytes);
	return [sums.s0, sums.s1];
}
