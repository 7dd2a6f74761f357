import { type PageFormat, uint16 } from "./pageFormat";

export const TWICE = "uses a byte for two things";

/**
 * How many bytes of a b-tree page are free, or what is wrong with how it counts them. `header`: where in the page its
 * b-tree header starts; `pointersEnd`: where its cell pointers end.
 * https://www.sqlite.org/fileformat2.html#b_tree_pages, "freeblock"
 */
export function freeSpace(
	{ usable }: PageFormat,
	bytes: Uint8Array,
	base: number,
	header: number,
	pointersEnd: number,
): number | string {
	const content = contentStart(bytes, base + header);
	let free = bytes[base + header + 7]! + content;
	let block = uint16(bytes, base + header + 1);
	if (block > 0 && block < content) return "has a free block outside of its cell content area";
	while (block > 0) {
		if (block > usable - 4) return "has a free block that starts behind its end";
		const next = uint16(bytes, base + block);
		const size = uint16(bytes, base + block + 2);
		if (size < 4) return `has a free block of ${size} bytes, less than one can have`;
		free += size;
		if (next > 0 && next <= block + size + 3) return "has free blocks out of order";
		if (next === 0 && block + size > usable) return "has a free block that reaches beyond its end";
		block = next;
	}
	return free > usable || free < pointersEnd ? "has more or less free space than can be" : free - pointersEnd;
}

/**
 * Whether the cells and free blocks of a page lie side by side, with as many bytes between them as the page counts as
 * fragments. `spans` has the length of each cell where it starts and is all zero afterwards. The page's free blocks are
 * sound, and so are the places of its cells.
 */
export function coverageProblem(
	{ usable }: PageFormat,
	bytes: Uint8Array,
	base: number,
	header: number,
	spans: Uint16Array,
	cells: number,
): string | undefined {
	let expected = cells;
	for (let block = uint16(bytes, base + header + 1); block > 0; block = uint16(bytes, base + block)) {
		spans[block] = uint16(bytes, base + block + 2);
		expected++;
	}
	// From one to the next: each of them is met only if none starts where, or reaches into what, another one has.
	let met = 0;
	let fragments = 0;
	let place = contentStart(bytes, base + header);
	while (place < usable) {
		const span = spans[place]!;
		if (span === 0) {
			fragments++;
			place++;
		} else {
			spans[place] = 0;
			place += span;
			met++;
		}
	}
	if (met < expected) {
		spans.fill(0);
		return TWICE;
	}
	const counted = bytes[base + header + 7]!;
	if (fragments === counted) return undefined;
	return `has ${fragments} unused bytes between its cells where its header counts ${counted}`;
}

/** Where the cell content area starts: in a page of 65536 bytes that has none, 0 stands for its end. */
export function contentStart(bytes: Uint8Array, at: number): number {
	return uint16(bytes, at + 5) || 65_536;
}
