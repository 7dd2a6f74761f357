import { expect, test } from "vitest";
import { visibleText } from "../../../src/webview/visibleText";

/** Marks in brackets. */
function drawn(text: string, lines = false): string {
	return visibleText(text, lines)
		.map(({ text, mark }) => (mark ? `[${text}]` : text))
		.join("");
}

test.each([
	["", ""],
	["plain <img onerror=alert(1)> 'text'", "plain <img onerror=alert(1)> 'text'"],
	["a\nb\tc\r", "a[\\n]b[\\t]c[\\r]"],
	["\0\u007f\u0085", "[\\u{0}][\\u{7f}][\\u{85}]"],
	["user\u202egnp.exe\u2066", "user[\\u{202e}]gnp.exe[\\u{2066}]"],
	["\u200fأ\ufeff\u2028", "[\\u{200f}]أ[\\u{feff}][\\u{2028}]"],
	["👩\u200d👧", "👩\u200d👧"],
])("%j", (text, expected) => {
	expect(drawn(text)).toBe(expected);
});

test("where lines are wanted, line feeds and tabs stay", () => {
	expect(drawn("a\n\tb\r\n\u202e", true)).toBe("a\n\tb[\\r]\n[\\u{202e}]");
});
