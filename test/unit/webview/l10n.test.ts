import { afterEach, expect, test } from "vitest";
import { formatAge, formatCount, formatDuration, formatSize, t, useLanguage } from "../../../src/webview/l10n";

afterEach(() => useLanguage("en", {}));

test("a text is translated where a translation is given", () => {
	useLanguage("de", { "{0} of {1} frames applied": "von {1} Frames {0} angewandt" });
	expect(t("{0} of {1} frames applied", 3, "5")).toBe("von 5 Frames 3 angewandt");
	expect(t("no files")).toBe("no files");
	expect(formatCount(12345)).toBe("12.345");
});

test("a name that looks like a place is not filled in", () => {
	expect(t("{0} is missing", "{0} $1 $&")).toBe("{0} $1 $& is missing");
});

test("durations", () => {
	expect([0.4, 999, 1000, 61_234].map(formatDuration)).toEqual(["0 ms", "999 ms", "1 s", "61.2 s"]);
});

test("sizes and ages are in the user's language", () => {
	useLanguage("de", {});
	expect(formatSize(1536)).toBe("1,5 KiB");
	expect(formatAge(new Date("2026-11-22T11:00:00Z"), new Date("2026-11-23T12:00:00Z"))).toBe("gestern");
});
