import { decodeUtf8 } from "../text";

const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** Two lower-case hexadecimal digits for each byte. */
export function hexText(bytes: Uint8Array): string {
	const text = new Uint8Array(bytes.byteLength * 2);
	let end = 0;
	for (const byte of bytes) {
		text[end++] = DIGITS[byte >> 4]!;
		text[end++] = DIGITS[byte & 15]!;
	}
	return decodeUtf8(text) ?? "";
}
