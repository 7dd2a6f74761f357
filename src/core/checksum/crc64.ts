import { createCRC64 } from "hash-wasm";
import type { Crc } from "./crc32";

/** ECMA-182's, without its highest term and with its bits in reverse. */
const POLYNOMIAL = "c96c5795d7870f42";

/** The CRC-64 of ECMA-182 as Go and xz take it, bits in reverse, all ones to begin and to end: sixteen hexadecimal digits. */
export async function createCrc64(): Promise<Crc<string>> {
	const hasher = await createCRC64(POLYNOMIAL);
	return {
		reset: () => void hasher.init(),
		update: (bytes) => void hasher.update(bytes),
		digest: () => hasher.digest("hex"),
	};
}
