import { expect, test } from "vitest";
import { gridCommand } from "../../../../src/webview/grid/gridCommand";

const FROM = { row: 5, column: 2 };
const SIZE = { rows: 100, columns: 4, pageRows: 10 };

/** As people write keys: "Ctrl+Shift+a". */
function pressed(keys: string) {
	const parts = keys.split("+");
	const key = parts.at(-1)!;
	const [ctrl, shift, alt] = ["Ctrl", "Shift", "Alt"].map((name) => parts.includes(name)) as [
		boolean,
		boolean,
		boolean,
	];
	return gridCommand({ key: key === "Space" ? " " : key, ctrl, shift, alt }, FROM, SIZE);
}

test.each([
	["Ctrl+c", "copy"],
	["Ctrl+C", "copy"],
	["Ctrl+a", "select-all"],
	["Shift+Space", "select-rows"],
	["Ctrl+Space", "select-columns"],
	["Escape", "clear"],
	["Enter", "open"],
	["ContextMenu", "menu"],
	["Shift+F10", "menu"],
])("%s: %s", (keys, name) => expect(pressed(keys)).toEqual({ name }));

test.each([
	"c",
	"a",
	"Space",
	"Ctrl+Shift+Space",
	"Ctrl+Enter",
	"Shift+Enter",
	"F10",
	"Tab",
	"Alt+ArrowUp",
	"Ctrl+Alt+ArrowLeft",
])("%s means nothing here", (keys) => expect(pressed(keys)).toBeUndefined());

test("what moves also extends, with Shift", () => {
	expect(pressed("ArrowDown")).toEqual({ name: "move", to: { row: 6, column: 2 }, extend: false });
	expect(pressed("Shift+PageDown")).toEqual({ name: "move", to: { row: 15, column: 2 }, extend: true });
	expect(pressed("Ctrl+Shift+End")).toEqual({ name: "move", to: { row: 99, column: 3 }, extend: true });
});

test("Alt is for the column", () => {
	expect(pressed("Alt+ArrowLeft")).toEqual({ name: "resize-column", by: -1 });
	expect(pressed("Alt+Shift+ArrowRight")).toEqual({ name: "move-column", by: 1 });
});
