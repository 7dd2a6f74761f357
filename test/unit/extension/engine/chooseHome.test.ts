import { expect, test } from "vitest";
import { chooseHome } from "../../../../src/extension/engine/chooseHome";

const file = (sizeBytes: number) => ({ path: "f", sizeBytes, modifiedAt: 1 });
const files = [file(600), file(400)];

test.each([
	["auto", 1000, "webview"],
	["auto", 999, "host"],
	["auto", 0, "host"],
] as const)("%s with a limit of %i bytes for 1000 is the %s", (engine, limitBytes, home) => {
	expect(chooseHome({ files }, { engine, limitBytes }, true)).toEqual({ home, because: "size", limitBytes });
});

test.each(["webview", "host"] as const)("the setting %s wins over the size", (engine) => {
	for (const limitBytes of [0, 9999]) {
		expect(chooseHome({ files }, { engine, limitBytes }, true)).toEqual({
			home: engine,
			because: "setting",
			limitBytes,
		});
	}
});

test("where Node has no path there is the page alone, whatever the setting", () => {
	for (const engine of ["auto", "host"] as const) {
		expect(chooseHome({ files }, { engine, limitBytes: 0 }, false)).toMatchObject({
			home: "webview",
			because: "no-path",
		});
	}
});
