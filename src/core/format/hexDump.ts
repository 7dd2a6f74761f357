const PER_LINE = 16;

/**
 * Bytes as text: offset, hexadecimal, ASCII; sixteen in a line. @param start Offset of the first byte, a multiple of 16.
 */
export function hexDump(bytes: Uint8Array, start: number): readonly string[] {
	const lines: string[] = [];
	for (let at = 0; at < bytes.byteLength; at += PER_LINE) {
		const part = [...bytes.subarray(at, at + PER_LINE)];
		const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
		const text = part.map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
		lines.push(`${offsetText(start + at)}  ${hex.padEnd(PER_LINE * 3 - 1)}  ${text}`);
	}
	return lines;
}

/** Where the byte at an offset stands in the dump that begins at `start`: line and column, from 0. */
export function placeInDump(offset: number, start: number): { readonly line: number; readonly column: number } {
	const line = Math.floor((offset - start) / PER_LINE);
	return { line, column: offsetText(start).length + 2 + ((offset - start) % PER_LINE) * 3 };
}

/** Twelve hexadecimal digits: every line as wide, up to the largest file there can be. */
function offsetText(offset: number): string {
	return offset.toString(16).padStart(12, "0");
}
