import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sqlLiteral } from "../../../../src/core/format/sqlLiteral";
import type { SqlValue } from "../../../../src/core/sqlValue";
import { openDatabase, rowsOf, written } from "../../engine/openDatabase";

describe.each(["UTF-8", "UTF-16le"] as const)(
	"in a database of %s, a literal is read as the value it was made of",
	(encoding) => {
		const values: readonly SqlValue[] = [
			null,
			0n,
			9_223_372_036_854_775_807n,
			-9_223_372_036_854_775_808n,
			7,
			-0,
			0.1,
			1e21,
			5e-324,
			1.797_693_134_862_315_7e308,
			Number.POSITIVE_INFINITY,
			Number.NEGATIVE_INFINITY,
			"",
			"it's -- 'quoted'",
			"two\r\nlines",
			"a\0b\0",
			"\0 and ␀ and ␁",
			"привіт 🍵",
			new Uint8Array(),
			Uint8Array.of(0, 0x27, 255),
			{ invalidText: encoding === "UTF-8" ? Uint8Array.of(0x61, 0xff) : Uint8Array.of(0x61, 0xd8, 0x62, 0) },
		];

		test("each kind of it", async () => {
			const database = await openDatabase(written(`pragma encoding = "${encoding}"; create table t(a)`));
			for (const value of values) expect(rowsOf(database, `select ${sqlLiteral(value)}`)).toEqual([[value]]);
		});

		test("any text, integer and real", async () => {
			const database = await openDatabase(written(`pragma encoding = "${encoding}"; create table t(a)`));
			const value = fc.oneof(
				fc.string({ unit: "binary" }),
				fc.string({ unit: fc.constantFrom("\0", "'", "␀", "\\", "a") }),
				fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
				fc.double({ noNaN: true }),
			);
			fc.assert(
				fc.property(value, (given) => {
					expect(rowsOf(database, `select ${sqlLiteral(given)}`)).toEqual([[given]]);
				}),
			);
		});
	},
);

test("what SQLite has no value for is NULL", () => {
	expect(sqlLiteral(Number.NaN)).toBe("NULL");
});
