import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeRows, RowWriter } from "../../../src/protocol/rows";
import type { Row, SqlValue } from "../../../src/protocol/values";

function roundTrip(rows: readonly Row[], columnCount: number): Row[] {
	const writer = new RowWriter(columnCount);
	for (const row of rows) writer.add(row);
	return decodeRows(writer.take());
}

const blob = fc.uint8Array({ maxLength: 40 });
const value: fc.Arbitrary<SqlValue> = fc.oneof(
	fc.constant(null),
	fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
	fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n),
	fc.double({ noNaN: true }),
	fc.constantFrom(-0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324),
	fc.string({ unit: "binary" }),
	fc.constantFrom("", "\0", "\ufeffa", "🌀"),
	blob,
	blob.map((invalidText) => ({ invalidText })),
);

test("rows come back as they were, -0 and all", () => {
	fc.assert(
		fc.property(
			fc
				.integer({ min: 1, max: 6 })
				.chain((width) =>
					fc
						.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 20 })
						.map((rows) => ({ width, rows })),
				),
			({ width, rows }) => {
				const back = roundTrip(rows, width);
				expect(back).toStrictEqual(rows);
				// To a reader, 0 and -0 are two reals.
				const zeros = (some: readonly Row[]) => some.flat().map((one) => Object.is(one, -0));
				expect(zeros(back)).toEqual(zeros(rows));
			},
		),
	);
});

describe("a writer", () => {
	test("starts over with each batch, and hands out arrays of their own", () => {
		const writer = new RowWriter(1);
		writer.add(["one"]);
		const first = writer.take();
		writer.add(["two"]);
		expect([decodeRows(first), decodeRows(writer.take()), decodeRows(writer.take())]).toEqual([
			[["one"]],
			[["two"]],
			[],
		]);
	});

	test("grows with its rows", () => {
		const long = "x".repeat(100_000);
		const large = new Uint8Array(300_000).fill(7);
		const back = roundTrip(
			[
				[long, large],
				["é".repeat(50_000), null],
			],
			2,
		);
		expect(back[0]?.[0]).toBe(long);
		const blob = back[0]?.[1];
		expect(blob instanceof Uint8Array && Buffer.compare(large, blob)).toBe(0);
		expect(back[1]).toEqual(["é".repeat(50_000), null]);
	});

	test("gives rows of no columns as none", () => {
		expect(roundTrip([[], []], 0)).toEqual([]);
	});

	test("reads from an array in the middle of another", () => {
		const writer = new RowWriter(2);
		writer.add([1n, 2.5]);
		const bytes = writer.take();
		const around = new Uint8Array(bytes.byteLength + 7);
		around.set(bytes, 3);
		expect(decodeRows(around.subarray(3, 3 + bytes.byteLength))).toEqual([[1n, 2.5]]);
	});
});

test.each([
	["no length of columns", new Uint8Array(3)],
	["an unknown kind", new Uint8Array([1, 0, 0, 0, 9])],
	["an integer that is cut", new Uint8Array([1, 0, 0, 0, 1, 0, 0])],
	["a length that is cut", new Uint8Array([1, 0, 0, 0, 4, 0, 0])],
])("bytes with %s are refused", (_, bytes) => {
	expect(() => decodeRows(bytes)).toThrow(RangeError);
});
