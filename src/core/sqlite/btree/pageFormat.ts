/** The first byte of a b-tree page. https://www.sqlite.org/fileformat2.html#b_tree_pages */
export const INDEX_INTERIOR = 2;
export const TABLE_INTERIOR = 5;
export const INDEX_LEAF = 10;
export const TABLE_LEAF = 13;

/** Where a page's b-tree header starts. Page 1 carries the database header before it. */
export function headerOffset(pageNumber: number): number {
	return pageNumber === 1 ? 100 : 0;
}

/** What follows from the size of a page and the bytes that SQLite leaves alone at its end. */
export interface PageFormat {
	/** Bytes. */
	readonly pageSize: number;
	/** Bytes of a page without the reserved ones. */
	readonly usable: number;
	/** Cells that a page can have at most. */
	readonly maxCells: number;
	/** A longer payload of a table's leaf spills to overflow pages. Bytes. */
	readonly maxTableLocal: number;
	/** A longer payload of an index spills to overflow pages. Bytes. */
	readonly maxIndexLocal: number;
	/** Bytes of a spilled payload that stay at least. */
	readonly minLocal: number;
}

/** https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages */
export function pageFormat(pageSize: number, reservedBytes: number): PageFormat {
	const usable = pageSize - reservedBytes;
	return {
		pageSize,
		usable,
		maxCells: Math.floor((pageSize - 8) / 6),
		maxTableLocal: usable - 35,
		maxIndexLocal: Math.floor(((usable - 12) * 64) / 255) - 23,
		minLocal: Math.floor(((usable - 12) * 32) / 255) - 23,
	};
}

/** Bytes of a payload that stay in its cell, when it is longer than `maxLocal`. */
export function localOfSpilled({ usable, minLocal }: PageFormat, payload: number, maxLocal: number): number {
	const surplus = minLocal + ((payload - minLocal) % (usable - 4));
	return surplus <= maxLocal ? surplus : minLocal;
}

export function uint16(bytes: Uint8Array, at: number): number {
	return (bytes[at]! << 8) | bytes[at + 1]!;
}

export function uint32(bytes: Uint8Array, at: number): number {
	return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
