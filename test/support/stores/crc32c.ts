/** CRC-32C, bit by bit: worked out here so that tests do not take it from the code that they test. */
export function crc32c(bytes: Uint8Array): number {
	let sum = 0xffffffff;
	for (const byte of bytes) {
		sum ^= byte;
		for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0x82f63b78 : 0);
	}
	return ~sum >>> 0;
}

/** The text of a checksum file as rqlite 10 writes it. */
export function sidecarText(crc: number): string {
	return JSON.stringify({ crc: crc.toString(16).padStart(8, "0"), type: "castagnoli" });
}
