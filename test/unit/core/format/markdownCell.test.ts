import { expect, test } from "vitest";
import { markdownCell } from "../../../../src/core/format/markdownCell";

test("nothing of a cell is markup, nor ends the cell", () => {
	expect(markdownCell("a|b\\|c")).toBe(String.raw`a\|b\\\|c`);
	expect(markdownCell("<img src=x> & &lt;")).toBe("&#60;img src=x&#62; &#38; &#38;lt;");
	expect(markdownCell("*bold* `code` [link](x) ~~no~~ $x$")).toBe(
		String.raw`\*bold\* \`code\` \[link\](x) \~\~no\~\~ \$x\$`,
	);
	expect(markdownCell("two\r\nlines\rand\nthree")).toBe("two<br>lines<br>and<br>three");
	expect(markdownCell("a\0\u202eb")).toBe(String.raw`a\\u\{0\}\\u\{202e\}b`);
});
