import { expect, test } from "vitest";
import { jsonValue } from "../../../../src/core/format/jsonValue";
import type { SqlValue } from "../../../../src/core/sqlValue";

test.each<readonly [SqlValue, string]>([
	[null, "null"],
	[9_007_199_254_740_993n, "9007199254740993"],
	[-9_223_372_036_854_775_808n, "-9223372036854775808"],
	[7, "7.0"],
	[-0, "-0.0"],
	[Number.NEGATIVE_INFINITY, '{"real":"-Infinity"}'],
	['"\n\0', String.raw`"\"\n\u0000"`],
	[Uint8Array.of(0, 255), '{"blob":"00ff"}'],
	[{ invalidText: Uint8Array.of(0xc3) }, '{"text":"c3"}'],
])("value %#", (value, json) => expect(jsonValue(value)).toBe(json));
