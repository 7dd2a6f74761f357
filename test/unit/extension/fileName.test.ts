import { expect, test } from "vitest";
import { fileName } from "../../../src/extension/text/fileName";

test.each([
	["photo-3.png", "photo-3.png"],
	["../../etc/passwd", "_.._etc_passwd"],
	["C:\\x|y\0z\u202e.txt", "C_x_y_z_.txt"],
	["Straße 7.txt", "Straße 7.txt"],
	["...", "value"],
	["", "value"],
])("%j becomes %s", (text, name) => expect(fileName(text)).toBe(name));

test("of a long one the end stays, which tells the kind", () => {
	const name = fileName(`${"🍵ab".repeat(100)}.png`);
	expect(name.length).toBeLessThanOrEqual(100);
	expect(name).toMatch(/\.png$/);
});
