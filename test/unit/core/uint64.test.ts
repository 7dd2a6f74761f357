import { expect, test } from "vitest";
import { MAX_UINT64, parseUint64 } from "../../../src/core/uint64";

test("decimal digits up to 2^64-1 are exact, all else is none", () => {
	expect(parseUint64("0")).toBe(0n);
	expect(parseUint64("007")).toBe(7n);
	expect(parseUint64("9007199254740993")).toBe(9007199254740993n);
	expect(parseUint64(`${MAX_UINT64}`)).toBe(MAX_UINT64);
	for (const text of ["", " 1", "-1", "1.0", "0x1", "1n", `${MAX_UINT64 + 1n}`, "1".repeat(21)]) {
		expect(parseUint64(text)).toBeUndefined();
	}
});
