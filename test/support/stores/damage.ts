import { appendFileSync, closeSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from "node:fs";

// The edits that make a damaged store of a good one. All of them refuse to miss.

/** Flips one bit of a file; bit 0 is the lowest of its byte. */
export function flipBit(file: string, offset: number, bit = 0): void {
	const bytes = readFileSync(file);
	const before = bytes[offset];
	if (before === undefined) throw new RangeError(`${file} has ${bytes.byteLength} bytes, none at ${offset}`);
	bytes[offset] = before ^ (1 << bit);
	writeFileSync(file, bytes);
}

/** Writes bytes over those of a file. */
export function overwrite(file: string, offset: number, bytes: Uint8Array): void {
	const size = readFileSync(file).byteLength;
	if (offset + bytes.byteLength > size) throw new RangeError(`${file} ends at ${size}`);
	const descriptor = openSync(file, "r+");
	try {
		writeSync(descriptor, bytes, 0, bytes.byteLength, offset);
	} finally {
		closeSync(descriptor);
	}
}

/** Cuts a file to a length; a negative one counts from its end. */
export function cut(file: string, length: number): void {
	const size = readFileSync(file).byteLength;
	const kept = length < 0 ? size + length : length;
	if (kept < 0 || kept >= size) throw new RangeError(`${file} has ${size} bytes: cannot cut it to ${kept}`);
	truncateSync(file, kept);
}

/** Lengthens a file. */
export function append(file: string, bytes: Uint8Array): void {
	appendFileSync(file, bytes);
}
