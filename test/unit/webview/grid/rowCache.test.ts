import { expect, test } from "vitest";
import { RowWriter } from "../../../../src/protocol/rows";
import { RowCache } from "../../../../src/webview/grid/rowCache";

/** Rows from a position on that say where they are. */
function batch(first: number, count: number) {
	const writer = new RowWriter(1);
	for (let n = 0; n < count; n++) writer.add([BigInt(first + n)]);
	return { rows: writer.take(), rowCount: count, done: true };
}

test("says what is missing, block by block, until it is there", () => {
	const cache = new RowCache();
	expect(cache.missing(120, 140, 1000)).toEqual({ first: 0, count: 128 });
	cache.add({ first: 0, count: 128 }, batch(0, 128));
	expect(cache.missing(120, 140, 1000)).toEqual({ first: 128, count: 128 });
	cache.add({ first: 128, count: 128 }, batch(128, 5));
	expect(cache.missing(120, 133, 1000)).toBeUndefined();
	expect(cache.missing(120, 140, 1000)).toEqual({ first: 133, count: 123 });
	cache.add({ first: 133, count: 123 }, batch(133, 123));
	expect(cache.missing(120, 140, 1000)).toBeUndefined();
	expect([cache.row(127), cache.row(128), cache.row(132), cache.row(133), cache.row(256)]).toEqual([
		[127n],
		[128n],
		[132n],
		[133n],
		undefined,
	]);
});

test("asks for the rest of the last block when there are more rows", () => {
	const cache = new RowCache();
	expect(cache.missing(0, 300, 130)).toEqual({ first: 0, count: 128 });
	cache.add({ first: 0, count: 128 }, batch(0, 128));
	cache.add({ first: 128, count: 2 }, batch(128, 2));
	expect(cache.missing(0, 300, 130)).toBeUndefined();
	expect(cache.missing(0, 300, 200)).toEqual({ first: 130, count: 70 });
	expect(cache.missing(-50, 0, 200)).toBeUndefined();
	expect(cache.missing(0, 10, 0)).toBeUndefined();
});

test("forgets what was looked at longest ago when there is no more room", () => {
	const blockBytes = batch(0, 128).rows.byteLength;
	const cache = new RowCache(5 * blockBytes);
	for (let first = 0; first < 20 * 128; first += 128) {
		cache.add({ first, count: 128 }, batch(first, 128));
		cache.missing(0, 1, 10_000); // is looked at all the time
	}
	expect(cache.sizeBytes).toBe(5 * blockBytes);
	expect([cache.row(0), cache.row(19 * 128), cache.row(10 * 128)]).toEqual([[0n], [BigInt(19 * 128)], undefined]);
	cache.clear();
	expect([cache.row(0), cache.sizeBytes]).toEqual([undefined, 0]);
});
