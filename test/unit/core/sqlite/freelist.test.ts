import { expect, test } from "vitest";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";
import { readFreePages } from "../../../../src/core/sqlite/freelist";

const PAGE_SIZE = 512;

/** A database of ten pages with freelist trunks: page number to the next trunk, how many leaves it claims, and its leaves. */
function freePages(
	first: number,
	trunks: Readonly<Record<number, readonly [number, number, ...number[]]>>,
	above = 0,
): number[] {
	const bytes = Buffer.alloc(10 * PAGE_SIZE);
	bytes.writeUInt32BE(first, 32);
	for (const [pageNumber, words] of Object.entries(trunks)) {
		words.forEach((word, n) => {
			bytes.writeUInt32BE(word, (Number(pageNumber) - 1) * PAGE_SIZE + n * 4);
		});
	}
	return [...readNow(readFreePages({ pageSize: PAGE_SIZE, pageCount: 10 }, above), bytesSource(bytes))];
}

test("leaves of all trunks, those above a page", () => {
	const trunks = { 3: [5, 2, 4, 9], 5: [0, 1, 8] } as const;
	expect([freePages(0, trunks), freePages(3, trunks), freePages(3, trunks, 8)]).toEqual([[], [4, 9, 8], [9]]);
});

test("a freelist that is damaged ends where the damage is", () => {
	expect(freePages(3, { 3: [3, 1, 4] })).toEqual([4]);
	expect(freePages(3, { 3: [5, 1, 4], 5: [3, 1, 6] })).toEqual([4, 6]);
	expect(freePages(3, { 3: [11, 1, 4] })).toEqual([4]);
	expect(freePages(0xffffffff, {})).toEqual([]);
	expect(freePages(3, { 3: [0, 0xffffffff, 4] })).toEqual([4]);
});
