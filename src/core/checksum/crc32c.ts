import { type Crc32, createCrc } from "./crc32";

/** CRC-32C, of Castagnoli: what rqlite 10 keeps of its files. https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4 */
export function createCrc32c(): Promise<Crc32> {
	return createCrc(0x82f63b78);
}
