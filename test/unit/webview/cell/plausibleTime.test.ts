import { expect, test } from "vitest";
import { type PlausibleTime, plausibleTime } from "../../../../src/webview/cell/plausibleTime";

test.each<readonly [bigint | number, PlausibleTime["unit"], string]>([
	[1_767_225_600n, "seconds", "2026-01-01T00:00:00Z"],
	[1_767_225_600_012n, "milliseconds", "2026-01-01T00:00:00.012Z"],
	[1_767_225_600_000_001n, "microseconds", "2026-01-01T00:00:00.000001Z"],
	[1_767_225_600_123_456_789n, "nanoseconds", "2026-01-01T00:00:00.123456789Z"],
	[1_767_225_600.5, "seconds", "2026-01-01T00:00:00.500Z"],
	[1_767_225_600_012, "milliseconds", "2026-01-01T00:00:00.012Z"],
	[2_461_042, "julian-day", "2026-01-01T12:00:00.000Z"],
	[631_152_000n, "seconds", "1990-01-01T00:00:00Z"],
	[4_102_444_799n, "seconds", "2099-12-31T23:59:59Z"],
])("%s may be a time in %s", (value, unit, text) => expect(plausibleTime(value)).toEqual({ unit, text }));

test.each([
	0n,
	42n,
	-1_767_225_600n,
	631_151_999n,
	4_102_444_800n,
	2n ** 63n - 1n,
	-(2n ** 63n),
	0.5,
	-2_461_042,
	Number.NaN,
	Number.POSITIVE_INFINITY,
	1e300,
])("%s is none", (value) => expect(plausibleTime(value)).toBeUndefined());
