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

test.each([
	[0, "0 bytes"],
	[1023, "1,023 bytes"],
	[1536, "1.5 KiB"],
	[4096, "4 KiB"],
	[300 << 20, "300 MiB"],
])("%d bytes", (size, text) => {
	expect(formatSize(size)).toBe(text);
});

test("durations", () => {
	expect([0.4, 999, 1000, 61_234].map(formatDuration)).toEqual(["0 ms", "999 ms", "1 s", "61.2 s"]);
});

test("ages, in the largest unit that fits", () => {
	const now = new Date("2026-11-23T12:00:00Z");
	const age = (time: string) => formatAge(new Date(time), now);
	expect(age("2026-11-23T11:59:59.500Z")).toBe("now");
	expect(age("2026-11-23T11:58:01Z")).toBe("1 minute ago");
	expect(age("2026-11-22T11:00:00Z")).toBe("yesterday");
	expect(age("2024-11-01T11:00:00Z")).toBe("2 years ago");
	expect(age("2026-11-23T14:00:00Z")).toBe("in 2 hours");
});
