import { visible } from "../text";

/** Text as the content of one cell of a Markdown table: nothing of it is markup, every character can be seen. */
export function markdownCell(text: string): string {
	return text
		.split(/\r\n|\r|\n/)
		.map(inert)
		.join("<br>");
}

function inert(line: string): string {
	return visible(line).replaceAll(/[&<>\\`*_{}[\]#|~$]/g, (character) =>
		"&<>".includes(character) ? `&#${character.charCodeAt(0)};` : `\\${character}`,
	);
}
