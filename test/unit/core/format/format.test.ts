import { expect, test } from "vitest";
import { formatBytes } from "../../../../src/core/format/formatBytes";
import { relativeTime } from "../../../../src/core/format/relativeTime";

test.each([
	[0, "0 bytes"],
	[1023, "1,023 bytes"],
	[1024, "1 KiB"],
	[1_600_000, "1.5 MiB"],
	[216 * 1024 * 1024, "216 MiB"],
	[2 ** 60, "1,048,576 TiB"],
])("%d bytes are %s", (bytes, expected) => {
	expect(formatBytes(bytes, "en")).toBe(expected);
});

test.each([
	["2026-11-23T12:00:00Z", "now"],
	["2026-11-23T11:59:01Z", "59 seconds ago"],
	["2026-11-23T11:58:59Z", "1 minute ago"],
	["2026-11-22T12:00:00Z", "yesterday"],
	["2026-11-01T12:00:00Z", "22 days ago"],
	["2024-11-01T12:00:00Z", "2 years ago"],
	["2026-11-23T14:00:00Z", "in 2 hours"],
])("%s is %s", (time, expected) => {
	expect(relativeTime(new Date(time), new Date("2026-11-23T12:00:00Z"), "en")).toBe(expected);
});
