/** A run of text as it is, or a mark that stands for one character which could not be seen or would move others. */
export interface TextPart {
	readonly text: string;
	readonly mark: boolean;
}

// Controls, invisible spaces, line separators, and everything that changes the direction of what follows. The joiners
// U+200C and U+200D stay: scripts and emoji need them.
const UNSEEN =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
	/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Splits text so that every character of it can be seen when drawn. `lines`: line feeds and tabs stay as they are. */
export function visibleText(text: string, lines = false): readonly TextPart[] {
	const parts: TextPart[] = [];
	let end = 0;
	for (const { 0: character, index } of text.matchAll(UNSEEN)) {
		if (lines && (character === "\n" || character === "\t")) continue;
		if (index > end) parts.push({ text: text.slice(end, index), mark: false });
		parts.push({ text: markOf(character), mark: true });
		end = index + character.length;
	}
	if (end < text.length) parts.push({ text: text.slice(end), mark: false });
	return parts;
}

/** As programmers write it; the same form as in messages. */
function markOf(character: string): string {
	const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
	return short ?? `\\u{${character.charCodeAt(0).toString(16)}}`;
}
