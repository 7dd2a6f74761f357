declare const TextDecoder: {
	new (label: string, options: { fatal: boolean; ignoreBOM: boolean }): { decode(bytes: Uint8Array): string };
};

/** Text of bytes, or `undefined` when they are not valid UTF-8. A byte order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined; // not UTF-8
	}
}

/** Control characters, line and paragraph separators, and marks that turn the direction of writing. */
const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Text from a store on one line, with characters that would break it, hide or reorder it written as `\u{…}`. Names
 * come from a disk that somebody else may have written to.
 */
export function visible(text: string): string {
	return text.replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
