import type { ByteSource } from "../core/files";

/** Whether a file begins with these bytes now. */
export function startsWith(source: ByteSource, bytes: Uint8Array): boolean {
	const now = new Uint8Array(bytes.byteLength);
	return source.readInto(now, 0) === bytes.byteLength && now.every((byte, at) => byte === bytes[at]);
}
